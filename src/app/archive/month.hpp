// Calendar months in UTC: what archives and time slices are cut by.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace takas::app::archive {

struct Month {
    int year = 1970;
    unsigned month = 1;  ///< 1..12
    friend constexpr auto operator<=>(Month, Month) = default;
};

Month month_of(Instant instant);
Month plus_months(Month month, int count);
/// The first moment of it.
Instant begin_of(Month month);

/// "2026-11"
std::string to_text(Month month);
std::optional<Month> parse_month(std::string_view text);

}  // namespace takas::app::archive
