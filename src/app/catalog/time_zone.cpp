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

}  // namespace

bool is_time_zone(std::string_view name) { return find(name) != nullptr; }

Date local_date(std::string_view zone, Instant instant) {
    thread_local KnownOffset known;
    const Seconds at{std::chrono::seconds{instant.seconds()}};
    if (known.zone != zone || at < known.info.begin || at >= known.info.end) {
        const date::time_zone* rules = find(zone);
        if (!rules) return date_of(instant);
        known = {std::string(zone), rules->get_info(at)};
    }
    return date_of(instant.plus_seconds(known.info.offset.count()));
}

}  // namespace takas::app::catalog
