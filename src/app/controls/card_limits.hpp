// A card's own limits: in place of the values of a velocity control, for this card (contract 4.5, Card Velocity). Kept
// with the card and changed as everything of a card is, in the lane of its account.
#pragma once

#include <string>
#include <vector>

#include "app/context/context.hpp"
#include "core/control/control.hpp"
#include "core/control/velocity_limit.hpp"

namespace takas::app::controls {

using core::control::VelocityLimit;

/// How many limits of its own a card may have: every authorization goes through them.
inline constexpr std::size_t card_limits_max = 50;

/// With what the control says, where the limit says nothing.
struct CardLimit {
    VelocityLimit limit;
    core::control::VelocityControl control;
};

/// Reads the control, and makes the context's unit depend on it. `path` stands before the members in error paths.
/// Errors: validation, control_not_found, control_limit_missing, control_dates_reversed, card_limit_exceeds.
Result<core::control::VelocityControl> check_card_limit(Context& context, const VelocityLimit& limit,
                                                        std::string_view path = "");

/// For a card that is being made. Errors: as check_card_limit, validation (a control twice, too many).
Result<void> check_card_limits(Context& context, const std::vector<VelocityLimit>& limits);

/// Adds the limit, or replaces that of the same control. Committed when it returns; all of the card's limits.
/// Errors: as check_card_limit, card_not_found, card_wrong_status (closed), too_many_controls.
Result<std::vector<CardLimit>> set_card_limit(Context& context, TokenId token_id, const VelocityLimit& limit);

/// Those of controls that are still there. Error: card_not_found.
Result<std::vector<CardLimit>> card_limits(const Context& context, TokenId token_id);

/// Committed when it returns. Errors: card_not_found, card_velocity_not_found.
Result<void> delete_card_limit(Context& context, TokenId token_id, EntityId velocity_check_id);

}  // namespace takas::app::controls
