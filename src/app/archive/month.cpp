#include "app/archive/month.hpp"

namespace takas::app::archive {
namespace {

constexpr int months_per_year = 12;
constexpr std::int64_t seconds_per_day = 86'400;

}  // namespace

Month month_of(Instant instant) {
    const CivilDate date = civil(date_of(instant));
    return {date.year, date.month};
}

Month plus_months(Month month, int count) {
    const int all = month.year * months_per_year + static_cast<int>(month.month) - 1 + count;
    return {all / months_per_year, static_cast<unsigned>(all % months_per_year) + 1};
}

Instant begin_of(Month month) {
    const auto date = make_date(month.year, month.month, 1);
    return Instant::from_seconds(std::int64_t{date.value_or(Date{}).value} * seconds_per_day);
}

std::string to_text(Month month) { return to_text(date_of(begin_of(month))).substr(0, sizeof "2026-11" - 1); }

std::optional<Month> parse_month(std::string_view text) {
    const auto date = text.size() == sizeof "2026-11" - 1 ? parse_date(std::string(text) + "-01") : std::nullopt;
    if (!date) return std::nullopt;
    const CivilDate parts = civil(*date);
    return Month{parts.year, parts.month};
}

}  // namespace takas::app::archive
