#include "app/catalog/time_zone.hpp"

#include <date/tz.h>

#include <exception>
#include <string>

namespace takas::app::catalog {
namespace {

using Seconds = date::sys_seconds;

/// The last answer of this thread: an offset holds for months, and asking the rules costs more than a decision.
struct KnownOffset {
    std::string zone;
    date::sys_info info{};
};

const date::time_zone* find(std::string_view name) {
    try {
        return date::locate_zone(std::string(name));
    } catch (const std::exception&) {
        return nullptr;
    }
}

date::sys_info utc() {
    date::sys_info info{};
    info.begin = Seconds::min();
    info.end = Seconds::max();
    return info;
}

}  // namespace

bool is_time_zone(std::string_view name) { return find(name) != nullptr; }

LocalTime local_time(std::string_view zone, Instant instant) {
    thread_local KnownOffset known;
    const Seconds at{std::chrono::seconds{instant.seconds()}};
    if (known.zone != zone || at < known.info.begin || at >= known.info.end) {
        const date::time_zone* rules = find(zone);
        known = {std::string(zone), rules ? rules->get_info(at) : utc()};
    }
    constexpr std::int64_t minutes_per_day = 24 * 60;
    const Instant local = instant.plus_seconds(known.info.offset.count());
    const Date date = date_of(local);
    return {date, static_cast<std::int32_t>(local.seconds() / 60 - date.value * minutes_per_day)};
}

Date local_date(std::string_view zone, Instant instant) { return local_time(zone, instant).date; }

}  // namespace takas::app::catalog
