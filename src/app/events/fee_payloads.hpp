// CardFeeCharged (ours): what a card's account was charged for the card being made, renewed or replaced, or for a
// period of having it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/transactions/transaction_view.hpp"
#include "base/describe.hpp"
#include "base/strong_id.hpp"
#include "core/fee/card_charge.hpp"

namespace takas::app::events {

struct CardFeeCharged {
    TokenId card_token_id;
    std::string masked_card_no;
    std::optional<std::string> customer_no;
    TransactionId transaction_id;
    core::fee::CardFeeType fee_type{};
    EntityId fee_id;
    std::string fee_name;
    Decimal amount;  ///< with the taxes
    Decimal net_amount;
    core::money::Currency currency;
    std::vector<transactions::TaxView> taxes;
    std::optional<std::int64_t> period_no;  ///< of a yearly or monthly fee: from the card's creation, the first is 0
    Instant date_time;
};

}  // namespace takas::app::events

namespace takas {

template <>
struct Describe<app::events::CardFeeCharged> {
    using T = app::events::CardFeeCharged;
    static constexpr std::string_view name = "CardFeeCharged";
    static constexpr auto& fields =
        columns<&T::card_token_id, &T::masked_card_no, &T::customer_no, &T::transaction_id, &T::fee_type, &T::fee_id,
                &T::fee_name, &T::amount, &T::net_amount, &T::currency, &T::taxes, &T::period_no, &T::date_time>;
};

}  // namespace takas
