// What a control must be like before it is stored: a rule that compiles, dates in order, a response code that refuses,
// limits that can be met, no other control that says the opposite. What is legal, but probably not meant, is told.
// Brings the rule into its one spelling and the criteria into theirs (Unknown is no restriction). Knows no store.
#pragma once

#include <span>

#include "app/controls/warning.hpp"
#include "base/error.hpp"
#include "core/control/control.hpp"

namespace takas::app::controls {

using core::control::AuthorizationControl;
using core::control::VelocityControl;

/// What the check looks at besides the control.
template <class Control>
struct Surroundings {
    std::span<const Control> all;  ///< of the institution; the control itself is left out by its id
    Date today;                    ///< the institution's
    bool is_new = false;
};

/// Errors: validation, control_dates_reversed, control_response_not_decline, control_contradiction, those of rules.
Result<Warnings> check_control(AuthorizationControl& control, const Surroundings<AuthorizationControl>& around);
/// Errors: validation, control_dates_reversed, control_response_not_decline, control_limit_missing, those of rules.
Result<Warnings> check_control(VelocityControl& control, const Surroundings<VelocityControl>& around);

/// Of two such only one can be meant, where they also name the same cases: both count for everybody, at one priority.
bool are_opposite(const AuthorizationControl& one, const AuthorizationControl& other);

/// A limit in major units of `currency`: more than 0, and no more decimals than the currency has (4 without one).
void check_limit_amount(Decimal amount, std::optional<core::money::Currency> currency, std::string_view path,
                        FieldErrors& errors);

}  // namespace takas::app::controls
