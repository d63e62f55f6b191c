// One charge of a card's fee on its account: a completed transaction with its entries against fee income and taxes, and
// the event. Exactly once per card and occasion, whatever crashes and however many servers try: the occasion is the
// transaction's key. A charge is no authorization: it may take the account below zero.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/lane/lanes.hpp"
#include "core/fee/amount.hpp"
#include "core/fee/card_charge.hpp"

namespace takas::app::fees {

struct CardCharge {
    core::fee::CardFeeDue due;
    EntityId fee_id;
    std::string fee_name;
    core::money::Currency fee_currency;
    std::int64_t fee_minor = 0;            ///< with its taxes, in the fee's currency
    std::int64_t rate_e9 = 1'000'000'000;  ///< from the fee's currency to the account's
    core::money::Currency account_currency;
    core::fee::FeeAmount amount;         ///< in the account's currency; the total is above 0
    std::vector<std::string> tax_names;  ///< of the amount's tax lines, in their order
    TransactionId transaction_id;
    Instant now;
};

enum class Charged : std::uint8_t {
    now,
    before,        ///< the occasion had been charged already
    no_longer,     ///< the card is gone or closed, and a period is not charged to such a card
    not_possible,  ///< the balance would become too low to be kept
    unavailable,   ///< nothing is known to be written: the next run tries again
};

/// `done` runs once, on a thread of the lane.
void submit_charge(lane::Lanes& lanes, CardCharge charge, std::move_only_function<void(Charged)> done);

/// A yearly or monthly one: what is owed for having the card, not for its being made.
constexpr bool is_periodic(core::fee::CardFeeType type) {
    return type == core::fee::CardFeeType::yearly || type == core::fee::CardFeeType::monthly;
}

}  // namespace takas::app::fees
