// What a change of a velocity control means for the cards: that their counters begin anew, and how many keep a limit of
// their own that is higher than the lowered one.
#pragma once

#include "app/context/context.hpp"
#include "app/controls/warning.hpp"
#include "core/control/control.hpp"
#include "core/control/velocity_limit.hpp"

namespace takas::app::controls {

/// Of the values that both name.
bool is_above(const core::control::VelocityLimit& own, const core::control::VelocityControl& control);

/// The newest cards are looked at, half a second of reading: where there are more, the warning says "at least".
inline constexpr std::int64_t cards_read_max = 100'000;

/// Where `now` counts something else than `before`: what was counted is forgotten. Where it allows less: how many cards
/// that are not closed have a limit of their own above it. What such a limit may be was decided when it was set, and it
/// stands. Reads the institution's cards in that case only. Errors: those of the store.
Result<void> warn_of_change(const Context& context, const core::control::VelocityControl& before,
                            const core::control::VelocityControl& now, Warnings& warnings);
/// Nothing stands in place of an authorization control.
inline Result<void> warn_of_change(const Context&, const core::control::AuthorizationControl&,
                                   const core::control::AuthorizationControl&, Warnings&) {
    return {};
}

}  // namespace takas::app::controls
