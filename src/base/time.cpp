#include "base/time.hpp"

#include <array>
#include <chrono>

namespace takas {
namespace {

constexpr std::int64_t us_per_day = 86'400'000'000;

void append_digits(std::string& out, std::int64_t value, int width) {
    std::array<char, 8> buffer{};
    for (int i = width - 1; i >= 0; --i) {
        buffer[static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
    out.append(buffer.data(), static_cast<std::size_t>(width));
}

/// Reads exactly `width` digits at the front of `text` and removes them.
std::optional<int> take_digits(std::string_view& text, std::size_t width) {
    if (text.size() < width) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < width; ++i) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(width);
    return value;
}

bool take(std::string_view& text, char c) {
    if (!text.starts_with(c)) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<Date> take_date(std::string_view& text) {
    const auto year = take_digits(text, 4);
    if (!year || !take(text, '-')) return std::nullopt;
    const auto month = take_digits(text, 2);
    if (!month || !take(text, '-')) return std::nullopt;
    const auto day = take_digits(text, 2);
    if (!day) return std::nullopt;
    return make_date(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
}

/// "Z" or "+03:00"; the offset in minutes.
std::optional<int> take_offset(std::string_view& text) {
    if (take(text, 'Z')) return 0;
    const bool minus = text.starts_with('-');
    if (!minus && !text.starts_with('+')) return std::nullopt;
    text.remove_prefix(1);
    const auto hours = take_digits(text, 2);
    take(text, ':');
    const auto minutes = take_digits(text, 2);
    if (!hours || !minutes || *hours > 14 || *minutes > 59) return std::nullopt;
    return (minus ? -1 : 1) * (*hours * 60 + *minutes);
}

}  // namespace

CivilDate civil(Date date) {
    const std::chrono::year_month_day ymd{std::chrono::sys_days{std::chrono::days{date.value}}};
    return {static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day())};
}

std::optional<Date> make_date(int year, unsigned month, unsigned day) {
    const std::chrono::year_month_day ymd{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    if (!ymd.ok() || year < 0 || year > 9999) return std::nullopt;
    return Date{static_cast<std::int32_t>(std::chrono::sys_days{ymd}.time_since_epoch().count())};
}

Date date_of(Instant instant) {
    const auto days = instant.value / us_per_day - (instant.value % us_per_day < 0 ? 1 : 0);
    return Date{static_cast<std::int32_t>(days)};
}

void append_text(std::string& out, Date date) {
    const CivilDate c = civil(date);
    append_digits(out, c.year, 4);
    out.push_back('-');
    append_digits(out, c.month, 2);
    out.push_back('-');
    append_digits(out, c.day, 2);
}

void append_text(std::string& out, Instant instant) {
    const Date date = date_of(instant);
    const std::int64_t us = instant.value - std::int64_t{date.value} * us_per_day;
    append_text(out, date);
    out.push_back('T');
    append_digits(out, us / 3'600'000'000, 2);
    out.push_back(':');
    append_digits(out, us / 60'000'000 % 60, 2);
    out.push_back(':');
    append_digits(out, us / 1'000'000 % 60, 2);
    if (const auto fraction = us % 1'000'000; fraction != 0) {
        out.push_back('.');
        if (fraction % 1000 == 0)
            append_digits(out, fraction / 1000, 3);
        else
            append_digits(out, fraction, 6);
    }
    out.push_back('Z');
}

std::string to_text(Date date) {
    std::string out;
    append_text(out, date);
    return out;
}

std::string to_text(Instant instant) {
    std::string out;
    append_text(out, instant);
    return out;
}

std::optional<Date> parse_date(std::string_view text) {
    const auto date = take_date(text);
    return text.empty() ? date : std::nullopt;
}

std::optional<Instant> parse_instant(std::string_view text) {
    const auto date = take_date(text);
    if (!date) return std::nullopt;
    const std::int64_t midnight = std::int64_t{date->value} * us_per_day;
    if (text.empty()) return Instant{midnight};
    if (!take(text, 'T')) return std::nullopt;
    const auto hour = take_digits(text, 2);
    if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
    const auto minute = take_digits(text, 2);
    if (!minute || *minute > 59) return std::nullopt;
    int second = 0;
    std::int64_t fraction_us = 0;
    if (take(text, ':')) {
        const auto s = take_digits(text, 2);
        if (!s || *s > 59) return std::nullopt;
        second = *s;
        if (take(text, '.')) {
            std::int64_t unit = 100'000;
            if (text.empty() || text[0] < '0' || text[0] > '9') return std::nullopt;
            for (; !text.empty() && text[0] >= '0' && text[0] <= '9'; text.remove_prefix(1), unit /= 10) {
                if (unit == 0) return std::nullopt;
                fraction_us += (text[0] - '0') * unit;
            }
        }
    }
    const auto offset_minutes = take_offset(text);
    if (!offset_minutes || !text.empty()) return std::nullopt;
    const std::int64_t seconds = (*hour * 60 + *minute - *offset_minutes) * std::int64_t{60} + second;
    return Instant{midnight + seconds * 1'000'000 + fraction_us};
}

}  // namespace takas
