#include "app/controls/window_times.hpp"

#include <date/tz.h>

#include <exception>
#include <string>

#include "app/catalog/time_zone.hpp"

namespace takas::app::controls {
namespace {

using core::control::VelocityPeriod;

const date::time_zone* find_zone(std::string_view name) {
    thread_local std::string known_name;
    thread_local const date::time_zone* known = nullptr;
    if (known && known_name == name) return known;
    try {
        known = date::locate_zone(std::string(name));
        known_name = name;
        return known;
    } catch (const std::exception&) {
        return nullptr;
    }
}

Instant start_of(const date::time_zone* zone, Date date) {
    const date::local_seconds midnight{std::chrono::seconds{std::int64_t{date.value} * 86'400}};
    if (!zone) return Instant::from_seconds(midnight.time_since_epoch().count());
    const date::local_info info = zone->get_info(midnight);
    if (info.result == date::local_info::nonexistent)
        return Instant::from_seconds(info.first.end.time_since_epoch().count());
    return Instant::from_seconds((midnight.time_since_epoch() - info.first.offset).count());
}

constexpr int days_of_week = 7;

/// 0 on a Monday; 1970-01-01 was a Thursday.
int days_since_monday(Date date) {
    const int days = (date.value + 3) % days_of_week;
    return days < 0 ? days + days_of_week : days;
}

/// The date that the period of `date` begins with.
Date first_day(VelocityPeriod period, Date date) {
    const CivilDate c = civil(date);
    switch (period) {
        case VelocityPeriod::weekly:
            return {date.value - days_since_monday(date)};
        case VelocityPeriod::monthly:
            return *make_date(c.year, c.month, 1);
        case VelocityPeriod::yearly:
            return *make_date(c.year, 1, 1);
        default:
            return date;
    }
}

/// The first day of the period after the one that begins with `first`.
Date next_first_day(VelocityPeriod period, Date first) {
    const CivilDate c = civil(first);
    constexpr unsigned december = 12;
    switch (period) {
        case VelocityPeriod::weekly:
            return {first.value + days_of_week};
        case VelocityPeriod::monthly:
            return c.month == december ? *make_date(c.year + 1, 1, 1) : *make_date(c.year, c.month + 1, 1);
        case VelocityPeriod::yearly:
            return *make_date(c.year + 1, 1, 1);
        default:
            return {first.value + 1};
    }
}

bool has_borders(VelocityPeriod period) {
    return period == VelocityPeriod::daily || period == VelocityPeriod::weekly || period == VelocityPeriod::monthly ||
           period == VelocityPeriod::yearly;
}

}  // namespace

std::optional<Window> window_at(std::string_view zone, VelocityPeriod period, Instant at) {
    if (!has_borders(period)) return std::nullopt;
    const date::time_zone* rules = find_zone(zone);
    Date first = first_day(period, catalog::local_date(zone, at));
    // Where clocks go back over midnight the local date does, too: the borders say which window it is.
    while (at < start_of(rules, first)) first = first_day(period, {first.value - 1});
    for (;;) {
        const Date next = next_first_day(period, first);
        const Instant end = start_of(rules, next);
        if (at < end) return Window{start_of(rules, first), end};
        first = next;
    }
}

Instant day_start(std::string_view zone, Date date) { return start_of(find_zone(zone), date); }

}  // namespace takas::app::controls
