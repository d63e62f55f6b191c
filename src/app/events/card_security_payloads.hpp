// PinSet, PinChanged, PinBlocked and Cvv2Blocked: that it happened to which card, never what the secret is.
#pragma once

#include <optional>
#include <string>

#include "base/describe.hpp"
#include "base/strong_id.hpp"
#include "core/card/card.hpp"
#include "core/event/event.hpp"

namespace takas::app::events {

struct CardSecurityChanged {
    TokenId card_token_id;
    std::string masked_card_no;
    std::optional<std::string> customer_no;
    Instant date_time;
    std::optional<std::string> user;
};

/// `user_id` of the one who did it; "" when a card transaction did.
core::event::DomainEvent card_security_event(core::event::EventKind kind, const core::card::Card& card, Instant at,
                                             const std::string& user_id);

}  // namespace takas::app::events

namespace takas {

template <>
struct Describe<app::events::CardSecurityChanged> {
    using T = app::events::CardSecurityChanged;
    static constexpr std::string_view name = "CardSecurityChanged";
    static constexpr auto& fields =
        columns<&T::card_token_id, &T::masked_card_no, &T::customer_no, &T::date_time, &T::user>;
};

}  // namespace takas
