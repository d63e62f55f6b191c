// When a card's yearly and monthly periods begin, in the institution's calendar, and which cards have one that begins
// on a given day: so that each day only those are looked at. A card made on the 31st has its period at the end of
// shorter months, one made on 29 February on the 28th of ordinary years.
#pragma once

#include <cstdint>
#include <optional>

#include "base/time.hpp"
#include "core/fee/fee.hpp"

namespace takas::core::fee {

/// How a fee counts periods.
struct PeriodRule {
    ChargePeriod period{};
    std::int32_t month_offset = 0;  ///< after the card's creation
    friend constexpr auto operator<=>(PeriodRule, PeriodRule) = default;
};

constexpr int months_of(ChargePeriod period) { return period == ChargePeriod::yearly ? 12 : 1; }

/// The same day of the month, or the month's last when it is shorter. `months` may be negative.
Date add_months(Date date, std::int64_t months);

/// The day on which period `period_no` (from 0) of a card made on `created_on` is charged.
Date charged_on(Date created_on, PeriodRule rule, std::int64_t period_no);

/// Days from first to last, both included.
struct DateRange {
    Date first, last;
};
/// The days of creation of the cards whose period `period_no` is charged on `day`; nothing when there are none.
std::optional<DateRange> created_for(Date day, PeriodRule rule, std::int64_t period_no);

/// It begins less than a year after the card was made.
constexpr bool is_in_first_year(ChargePeriod period, std::int64_t period_no) {
    return period_no * months_of(period) < 12;
}

}  // namespace takas::core::fee
