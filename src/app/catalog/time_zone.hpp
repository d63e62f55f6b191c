// Time zones by their IANA names. The rules are the machine's (package tzdata), so that an update of the machine is
// enough when a country changes them.
#pragma once

#include <string_view>

#include "base/time.hpp"

namespace takas::app::catalog {

bool is_time_zone(std::string_view name);

/// The calendar date in the zone. An unknown zone counts as UTC: names are checked when they are stored.
Date local_date(std::string_view zone, Instant instant);

struct LocalTime {
    Date date;
    std::int32_t minutes = 0;  ///< since midnight
};
LocalTime local_time(std::string_view zone, Instant instant);

}  // namespace takas::app::catalog
