// The end of holds whose clearing never came: the hold is released, the transaction expires, the institution is told.
#pragma once

#include "app/context/context.hpp"
#include "app/lane/lanes.hpp"
#include "core/authorization/transaction.hpp"

namespace takas::app::transactions {

/// How long a hold waits for its clearing. Networks clear a purchase within days and give a pre-authorization a month.
struct HoldPeriods {
    std::int64_t usual_s = 9 * 24 * 3600;
    std::int64_t pre_authorization_s = 30 * 24 * 3600;
};

/// Whether the transaction still holds money, and since too long.
bool is_overdue(const core::authorization::CardTransaction& transaction, const HoldPeriods& periods, Instant now);

enum class Expired : std::uint8_t {
    yes,
    no_longer_due,  ///< something else ended or changed the hold meanwhile
    unavailable,    ///< nothing is known to have happened: to be tried again
};

/// Ends the hold in the account's lane, where it is looked at once more. Waits for the commit: not for io threads.
Expired expire_hold(lane::Lanes& lanes, const core::authorization::CardTransaction& transaction,
                    const HoldPeriods& periods, Instant now);

}  // namespace takas::app::transactions
