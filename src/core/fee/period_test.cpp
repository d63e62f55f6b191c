#include "core/fee/period.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace takas::core::fee {
namespace {

Date day(std::string_view text) { return parse_date(text).value(); }

constexpr PeriodRule yearly{ChargePeriod::yearly, 0}, monthly{ChargePeriod::monthly, 0};

TEST(fee_period, a_card_of_a_leap_day_has_its_year_in_every_year) {
    const Date leap = day("2028-02-29");
    EXPECT_EQ(charged_on(leap, yearly, 0), leap);
    EXPECT_EQ(charged_on(leap, yearly, 1), day("2029-02-28"));
    EXPECT_EQ(charged_on(leap, yearly, 4), day("2032-02-29"));
    EXPECT_EQ(charged_on(leap, {ChargePeriod::yearly, 1}, 1), day("2029-03-29"));
    const auto of_28th = created_for(day("2029-02-28"), yearly, 1);
    ASSERT_TRUE(of_28th);
    EXPECT_EQ(of_28th->first, day("2028-02-28"));
    EXPECT_EQ(of_28th->last, leap);
    const auto of_28th_in_leap_year = created_for(day("2032-02-28"), yearly, 4);
    EXPECT_EQ(of_28th_in_leap_year->last, day("2028-02-28"));
}

TEST(fee_period, month_ends_are_neither_skipped_nor_doubled) {
    const Date last_of_january = day("2031-01-31");
    EXPECT_EQ(charged_on(last_of_january, monthly, 1), day("2031-02-28"));
    EXPECT_EQ(charged_on(last_of_january, monthly, 2), day("2031-03-31")) << "the day is not lost for good";
    EXPECT_EQ(charged_on(last_of_january, monthly, 3), day("2031-04-30"));
    EXPECT_FALSE(created_for(day("2031-03-30"), monthly, 1)) << "February has no 30th";
    EXPECT_EQ(created_for(day("2031-03-31"), monthly, 2)->last, last_of_january);
}

TEST(fee_period, the_first_year) {
    EXPECT_TRUE(is_in_first_year(ChargePeriod::yearly, 0));
    EXPECT_FALSE(is_in_first_year(ChargePeriod::yearly, 1));
    EXPECT_TRUE(is_in_first_year(ChargePeriod::monthly, 11));
    EXPECT_FALSE(is_in_first_year(ChargePeriod::monthly, 12));
}

TEST(fee_period, months_before_and_across_years) {
    EXPECT_EQ(add_months(day("2031-01-15"), -1), day("2030-12-15"));
    EXPECT_EQ(add_months(day("2031-03-31"), -13), day("2030-02-28"));
    EXPECT_EQ(add_months(day("2031-12-31"), 2), day("2032-02-29"));
}

PeriodRule any_rule() {
    return {*rc::gen::element(ChargePeriod::yearly, ChargePeriod::monthly), *rc::gen::inRange(0, 12)};
}
/// 2024 to 2064, month ends more often than chance has them.
Date any_day() {
    const Date some{*rc::gen::inRange(19'723, 34'333)};
    if (*rc::gen::arbitrary<bool>()) return some;
    const CivilDate c = civil(some);
    return Date{make_date(c.year, c.month, 1)->value + *rc::gen::inRange(-3, 1)};
}

TEST(fee_period, a_card_is_found_on_exactly_the_days_it_is_charged) {
    EXPECT_TRUE(rc::check([] {
        const Date created = any_day();
        const PeriodRule rule = any_rule();
        const std::int64_t period_no = *rc::gen::inRange(0, 60);
        const Date due = charged_on(created, rule, period_no);
        for (int off = -4; off <= 4; ++off) {
            const auto range = created_for(Date{due.value + off}, rule, period_no);
            const bool is_found = range && range->first <= created && created <= range->last;
            RC_ASSERT(is_found == (off == 0));
        }
    }));
}

TEST(fee_period, each_period_has_one_day_and_they_follow_one_another) {
    EXPECT_TRUE(rc::check([] {
        const Date created = any_day();
        const PeriodRule rule = any_rule();
        const std::int64_t period_no = *rc::gen::inRange(0, 60);
        const Date now = charged_on(created, rule, period_no), next = charged_on(created, rule, period_no + 1);
        const int days = next.value - now.value, months = months_of(rule.period);
        RC_ASSERT(days >= months * 28 && days <= months * 31);
        RC_ASSERT(charged_on(created, rule, 0) >= created);
    }));
}

}  // namespace
}  // namespace takas::core::fee
