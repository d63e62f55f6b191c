// When the fixed windows of velocity controls begin and end: at midnight of the institution's time zone, of every day,
// Monday, first of a month or first of a year. Windows follow one another without gap or overlap, whatever the zone
// does to its clocks: days of 23 and 25 hours, a midnight that does not exist (the day begins when its first moment
// does), a midnight that comes twice (the first counts), a date that is left out (its window is empty).
#pragma once

#include <optional>
#include <string_view>

#include "base/time.hpp"
#include "core/control/control.hpp"

namespace takas::app::controls {

/// From `start` on, until before `end`.
struct Window {
    Instant start, end;
    friend bool operator==(const Window&, const Window&) = default;
};

/// The window that `at` lies in; nothing for periods without fixed borders (one transaction, a lifetime, rolling). An
/// unknown zone counts as UTC: names are checked when they are stored.
std::optional<Window> window_at(std::string_view zone, core::control::VelocityPeriod period, Instant at);

/// The first moment of the date in the zone.
Instant day_start(std::string_view zone, Date date);

}  // namespace takas::app::controls
