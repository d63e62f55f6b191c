// What a card has used of the velocity controls that concern it, and what is left: readable at any moment.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/context/context.hpp"
#include "core/control/control.hpp"
#include "core/money/money.hpp"

namespace takas::app::controls {

/// One velocity control at this moment, with the card's own limit where it has one. Amounts are decimals in major units
/// of `currency`; without a limit there is nothing available to tell.
struct Used {
    EntityId velocity_check_id;
    std::string name;
    core::control::VelocityPeriod period{};
    core::control::LinkLevel level{};  ///< through which it concerns the card: the most specific
    bool is_card_limit = false;        ///< the card's own stands in place of the control's, be it higher or lower
    bool is_conditional = false;       ///< only for transactions that fit the rule of a link
    core::money::Currency currency;    ///< the account's
    std::optional<Decimal> limit_amount;
    std::optional<std::int64_t> limit_count;
    Decimal used_amount;
    std::int64_t used_count = 0;
    std::optional<Decimal> available_amount;
    std::optional<std::int64_t> available_count;
    std::optional<Instant> period_start, period_end;  ///< nothing: the period has no such border
};

/// Error: card_not_found.
Result<std::vector<Used>> used_limits(Context& context, TokenId token_id);

}  // namespace takas::app::controls
