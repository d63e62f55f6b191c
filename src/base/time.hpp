// Points in time and calendar dates, as numbers. Text forms: ISO 8601, always UTC ("2031-03-01T10:00:00Z").
// Nothing here reads a clock: time comes in through app/ports/clock.hpp.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace takas {

/// A point in time: microseconds since 1970-01-01T00:00:00Z.
struct Instant {
    std::int64_t value = 0;
    friend constexpr auto operator<=>(Instant, Instant) = default;
    static constexpr Instant from_seconds(std::int64_t s) { return {s * 1'000'000}; }
    constexpr std::int64_t seconds() const { return value / 1'000'000 - (value % 1'000'000 < 0 ? 1 : 0); }
    constexpr Instant plus_us(std::int64_t us) const { return {value + us}; }
    constexpr Instant plus_seconds(std::int64_t s) const { return {value + s * 1'000'000}; }
};

/// A calendar date: days since 1970-01-01.
struct Date {
    std::int32_t value = 0;
    friend constexpr auto operator<=>(Date, Date) = default;
};

struct CivilDate {
    int year;
    unsigned month;  ///< 1..12
    unsigned day;    ///< 1..31
};

CivilDate civil(Date date);
std::optional<Date> make_date(int year, unsigned month, unsigned day);
Date date_of(Instant instant);

/// "yyyy-MM-dd"
std::string to_text(Date date);
void append_text(std::string& out, Date date);
std::optional<Date> parse_date(std::string_view text);

/// "yyyy-MM-ddTHH:mm:ssZ", with milliseconds or microseconds when there are any.
std::string to_text(Instant instant);
void append_text(std::string& out, Instant instant);
/// Accepts ISO 8601 with 'Z' or a numeric offset and up to six fraction digits; a bare date means its first moment.
std::optional<Instant> parse_instant(std::string_view text);

}  // namespace takas
