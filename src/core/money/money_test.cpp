#include "core/money/money.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace takas::core::money {
namespace {

TEST(money, converts_with_half_up_rounding_between_exponents) {
    EXPECT_EQ(convert_half_up(1000, 2, 2, {32'500'000'000}), 32500);  // 10.00 USD at 32.5 = 325.00 TRY
    EXPECT_EQ(convert_half_up(1, 2, 2, {500'000'000}), 1);            // 0.005 rounds up
    EXPECT_EQ(convert_half_up(-1, 2, 2, {500'000'000}), -1);          // and away from zero
    EXPECT_EQ(convert_half_up(1000, 0, 2, {250'000'000}), 25000);     // 1000 JPY at 0.25 = 250.00
    EXPECT_EQ(convert_half_up(1234, 3, 2, {1'000'000'000}), 123);     // 1.234 KWD at par = 1.23
    EXPECT_EQ(convert_half_up(100, 2, 2, {0}), std::nullopt);
    EXPECT_EQ(convert_half_up(amount_max_minor, 0, 4, {1'000'000'000'000}), std::nullopt);
}

TEST(money, currencies_do_not_mix_and_sums_are_checked) {
    const Currency lira{949}, dollar{840};
    EXPECT_EQ(checked_add(Money{1, lira}, Money{2, lira}), (Money{3, lira}));
    EXPECT_EQ(checked_add(Money{1, lira}, Money{2, dollar}), std::nullopt);
    EXPECT_EQ(checked_add(INT64_MAX, 1), std::nullopt);
}

TEST(money, conversion_is_never_off_by_more_than_half_a_minor_unit) {
    EXPECT_TRUE(rc::check([] {
        const auto minor = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000);
        const auto rate = *rc::gen::inRange<std::int64_t>(1, 100'000'000'000);
        const auto converted = convert_half_up(minor, 2, 2, {rate});
        RC_PRE(converted.has_value());
        __extension__ using Wide = __int128;
        const Wide exact = static_cast<Wide>(minor) * rate;
        const Wide error = static_cast<Wide>(*converted) * 1'000'000'000 - exact;
        RC_ASSERT(error <= 500'000'000 && error >= -500'000'000);
    }));
}

}  // namespace
}  // namespace takas::core::money
