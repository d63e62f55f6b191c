// CardLinkedToCustomer and CardUnLinkedFromCustomer: a noname card finds or loses its owner. One shape for both; the
// customer number is null when the card was unlinked.
#pragma once

#include <optional>
#include <string>

#include "base/describe.hpp"
#include "base/strong_id.hpp"

namespace takas::app::events {

struct CardLinkChanged {
    TokenId card_token_id;
    std::string masked_card_no;
    std::optional<std::string> customer_no;
    Instant date_time;
    std::string update_user;
};

}  // namespace takas::app::events

namespace takas {

template <>
struct Describe<app::events::CardLinkChanged> {
    using T = app::events::CardLinkChanged;
    static constexpr std::string_view name = "CardLinkChanged";
    static constexpr auto& fields =
        columns<&T::card_token_id, &T::masked_card_no, &T::customer_no, &T::date_time, &T::update_user>;
};

}  // namespace takas
