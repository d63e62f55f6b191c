// The windows in which velocity controls count. A fixed window is named by its first day in the institution's calendar;
// a rolling one by the step in which the transaction falls. So the engine needs no time zone: the day is a fact of the
// decision, and a day of 23 or 25 hours is still one day.
#pragma once

#include <cstdint>

#include "base/time.hpp"
#include "core/control/control.hpp"

namespace takas::core::control {

/// Where a rolling window moves from step to step. What was counted in a step leaves the window when the whole step is
/// out: nothing counts shorter than the window says, and at most one step longer.
struct RollingSteps {
    std::int64_t step_s = 0;
    std::int32_t count = 0;  ///< steps in the window
};
/// 5 minutes for 24 hours, 1 hour for 30 days: a busy card keeps at most 720 numbers. {0, 0} for a fixed window.
RollingSteps rolling_steps(VelocityPeriod period);
inline bool is_rolling(VelocityPeriod period) { return rolling_steps(period).count > 0; }

/// The window of a transaction: the number of its first day (base/time.hpp), 0 for a lifetime and for a single
/// transaction; the number of its step, counted from 1970, for a rolling window.
std::int32_t window_of(VelocityPeriod period, Date business_date, Instant decided_at);

/// The first day of the next window; only of fixed ones that end.
Date next_window(VelocityPeriod period, Date business_date);

}  // namespace takas::core::control
