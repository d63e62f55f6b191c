#include "core/fee/period.hpp"

#include <algorithm>

namespace takas::core::fee {
namespace {

struct Month {
    int year;
    unsigned month;
};

Month plus(CivilDate date, std::int64_t months) {
    const std::int64_t all = std::int64_t{date.year} * 12 + date.month - 1 + months;
    const std::int64_t year = all >= 0 ? all / 12 : -((11 - all) / 12);
    return {static_cast<int>(year), static_cast<unsigned>(all - year * 12 + 1)};
}

unsigned days_in(Month m) {
    for (unsigned day = 31; day > 28; --day)
        if (make_date(m.year, m.month, day)) return day;
    return 28;
}

}  // namespace

Date add_months(Date date, std::int64_t months) {
    const CivilDate from = civil(date);
    const Month to = plus(from, months);
    return make_date(to.year, to.month, std::min(from.day, days_in(to))).value_or(date);
}

Date charged_on(Date created_on, PeriodRule rule, std::int64_t period_no) {
    return add_months(created_on, rule.month_offset + period_no * months_of(rule.period));
}

std::optional<DateRange> created_for(Date day, PeriodRule rule, std::int64_t period_no) {
    const CivilDate on = civil(day);
    const Month created = plus(on, -(rule.month_offset + period_no * months_of(rule.period)));
    const unsigned created_days = days_in(created);
    if (on.day > created_days) return std::nullopt;
    const bool is_month_end = on.day == days_in({on.year, on.month});
    const auto first = make_date(created.year, created.month, on.day);
    const auto last = make_date(created.year, created.month, is_month_end ? created_days : on.day);
    if (!first || !last) return std::nullopt;
    return DateRange{*first, *last};
}

}  // namespace takas::core::fee
