#include "core/money/rate_table.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

namespace takas::core::money {
namespace {

using enum RateSide;

constexpr Currency lira{949}, euro{978}, dollar{840}, pound{826}, yen{392};
constexpr Instant day{1'000'000};

constexpr Instant later(std::int64_t us) { return day.plus_us(us); }

PublishedRate row(Currency from, Currency to, std::int64_t middle, Instant valid_from = day,
                  std::optional<Instant> valid_to = std::nullopt, std::string source = "bank") {
    return {from, to, valid_from, valid_to, middle * 1'000, middle * 999, middle * 1'002, std::move(source)};
}

std::optional<std::int64_t> rate(const RateTable& table, Currency from, Currency to, Instant at,
                                 RateSide side = middle) {
    const auto found = table.find(from, to, at, side);
    return found ? std::optional(found->rate_e9) : std::nullopt;
}

TEST(rate_table, each_side_has_its_own_rate) {
    const RateTable table({row(euro, lira, 40'000'000)});
    EXPECT_EQ(rate(table, euro, lira, day), 40'000'000'000);
    EXPECT_EQ(rate(table, euro, lira, day, buy), 39'960'000'000);
    EXPECT_EQ(rate(table, euro, lira, day, sell), 40'080'000'000);
    EXPECT_EQ(rate(table, euro, euro, day, sell), 1'000'000'000);
    EXPECT_EQ(rate(table, euro, lira, later(-1)), std::nullopt);
    EXPECT_EQ(rate(table, dollar, lira, day), std::nullopt);
    EXPECT_EQ(rate(RateTable(), euro, lira, day), std::nullopt);
}

TEST(rate_table, the_inverse_is_of_the_other_side) {
    const RateTable table({row(euro, lira, 40'000'000)});
    EXPECT_EQ(rate(table, lira, euro, day), 25'000'000);
    EXPECT_EQ(rate(table, lira, euro, day, sell), 25'025'025);  // 1 / 39.96 = 0.0250250250...
    EXPECT_EQ(rate(table, lira, euro, day, buy), 24'950'100);   // 1 / 40.08 = 0.0249500998...
    const RateTable both({row(euro, lira, 40'000'000), row(lira, euro, 26'000)});
    EXPECT_EQ(rate(both, lira, euro, day), 26'000'000);
}

TEST(rate_table, a_row_holds_from_its_first_instant_to_before_its_last) {
    const RateTable table({row(euro, lira, 40'000'000, day, later(100))});
    EXPECT_EQ(rate(table, euro, lira, later(99)), 40'000'000'000);
    EXPECT_EQ(rate(table, euro, lira, later(100)), std::nullopt);
    EXPECT_EQ(rate(table, lira, euro, later(100)), std::nullopt);
}

TEST(rate_table, an_expired_table_does_not_bring_back_an_older_one) {
    const RateTable open_before({row(euro, lira, 30'000'000), row(euro, lira, 40'000'000, later(10), later(20))});
    EXPECT_EQ(rate(open_before, euro, lira, later(9)), 30'000'000'000);
    EXPECT_EQ(rate(open_before, euro, lira, later(10)), 40'000'000'000);
    EXPECT_EQ(rate(open_before, euro, lira, later(20)), std::nullopt);
    const RateTable longer_before(
        {row(euro, lira, 30'000'000, day, later(100)), row(euro, lira, 40'000'000, later(10), later(20))});
    EXPECT_EQ(rate(longer_before, euro, lira, later(20)), std::nullopt) << "the same source has replaced it";
    const RateTable other_open(
        {row(euro, lira, 30'000'000, day, std::nullopt, "demo"), row(euro, lira, 40'000'000, later(10), later(20))});
    EXPECT_EQ(rate(other_open, euro, lira, later(20)), std::nullopt) << "it was never given an end";
}

TEST(rate_table, another_source_steps_in_while_it_holds) {
    const RateTable table({row(euro, lira, 30'000'000, day, later(100), "central bank"),
                           row(euro, lira, 40'000'000, later(10), later(20), "desk")});
    EXPECT_EQ(rate(table, euro, lira, later(10)), 40'000'000'000);
    EXPECT_EQ(rate(table, euro, lira, later(20)), 30'000'000'000);
    EXPECT_EQ(rate(table, euro, lira, later(100)), std::nullopt);
}

TEST(rate_table, a_row_without_any_time_holds_never) {
    const RateTable table({row(euro, lira, 40'000'000, day, day), row(dollar, lira, 30'000'000, later(5), later(1))});
    EXPECT_EQ(rate(table, euro, lira, day), std::nullopt);
    EXPECT_EQ(rate(table, dollar, lira, later(5)), std::nullopt);
}

TEST(rate_table, cross_rates_go_over_the_base_and_are_rounded_once) {
    const RateTable table({row(euro, lira, 40'000'000), row(dollar, lira, 30'000'000), row(lira, yen, 4'000'000)});
    EXPECT_EQ(table.base(), lira);
    EXPECT_EQ(rate(table, euro, dollar, day), 1'333'333'333);        // 40 / 30
    EXPECT_EQ(rate(table, dollar, euro, day), 750'000'000);          // 30 / 40
    EXPECT_EQ(rate(table, euro, yen, day), 160'000'000'000);         // 40 * 4
    EXPECT_EQ(rate(table, yen, euro, day), 6'250'000);               // 1 / (4 * 40)
    EXPECT_EQ(rate(table, euro, dollar, day, sell), 1'337'337'337);  // 40.08 / 29.97
    EXPECT_EQ(rate(table, euro, dollar, day, buy), 1'329'341'317);   // 39.96 / 30.06
    EXPECT_EQ(rate(table, pound, dollar, day), std::nullopt);
}

TEST(rate_table, a_cross_needs_both_ways_at_that_instant) {
    const RateTable table({row(euro, lira, 40'000'000), row(dollar, lira, 30'000'000, day, later(10))});
    EXPECT_TRUE(rate(table, euro, dollar, later(9)));
    EXPECT_EQ(rate(table, euro, dollar, later(10)), std::nullopt);
}

TEST(rate_table, only_one_currency_is_the_base) {
    const RateTable chain({row(euro, lira, 40'000'000), row(pound, lira, 50'000'000), row(euro, dollar, 1'100'000),
                           row(pound, yen, 200'000'000), row(lira, yen, 4'000'000)});
    EXPECT_EQ(chain.base(), lira);
    EXPECT_EQ(rate(chain, euro, pound, day), 800'000'000);
    EXPECT_EQ(rate(chain, dollar, lira, day), std::nullopt) << "no way but two others in a row";
    const RateTable both_ways({row(euro, dollar, 1'100'000), row(dollar, euro, 900'000), row(lira, dollar, 30'000)});
    EXPECT_EQ(both_ways.base(), dollar) << "a pair told both ways counts once";
}

TEST(rate_table, what_rounds_to_nothing_or_does_not_fit_is_no_rate) {
    const RateTable table({{euro, lira, day, std::nullopt, INT64_MAX, INT64_MAX, INT64_MAX, "bank"},
                           {lira, yen, day, std::nullopt, INT64_MAX, INT64_MAX, INT64_MAX, "bank"},
                           {dollar, lira, day, std::nullopt, 1, 1, 1, "bank"}});
    EXPECT_EQ(rate(table, lira, euro, day), std::nullopt);
    EXPECT_EQ(rate(table, lira, dollar, day), 1'000'000'000'000'000'000);
    EXPECT_EQ(rate(table, euro, yen, day), std::nullopt);
    EXPECT_EQ(rate(table, yen, euro, day), std::nullopt);
    EXPECT_EQ(rate(table, dollar, euro, day), std::nullopt);
}

/// The rule of the file head, word by word, for one pair.
std::optional<std::int64_t> by_the_rule(const std::vector<PublishedRate>& rows, Instant at) {
    const PublishedRate* best = nullptr;
    for (const PublishedRate& one : rows) {
        if (one.valid_from > at || (one.valid_to && *one.valid_to <= at)) continue;
        bool is_replaced = false;
        for (const PublishedRate& other : rows)
            if (other.valid_from > one.valid_from && other.valid_from <= at)
                is_replaced |= other.source == one.source || !one.valid_to;
        if (!is_replaced && (!best || best->valid_from < one.valid_from)) best = &one;
    }
    return best ? std::optional(best->middle_e9) : std::nullopt;
}

TEST(rate_table, holds_what_the_rule_says_at_any_instant) {
    EXPECT_TRUE(rc::check([] {
        std::vector<PublishedRate> rows;
        const auto count = *rc::gen::inRange(0, 12);
        for (int i = 0; i < count; ++i) {
            const auto begin = *rc::gen::inRange(0, 30);
            if (std::ranges::any_of(rows, [&](const auto& one) { return one.valid_from == later(begin); })) continue;
            const auto length = *rc::gen::inRange(-10, 20);
            rows.push_back(row(euro, lira, 1'000'000 + i, later(begin),
                               length > 0 ? std::optional(later(begin + length)) : std::nullopt,
                               *rc::gen::element<std::string>("a", "b")));
        }
        const RateTable table(rows);
        for (int at = -1; at < 52; ++at) RC_ASSERT(rate(table, euro, lira, later(at)) == by_the_rule(rows, later(at)));
    }));
}

}  // namespace
}  // namespace takas::core::money
