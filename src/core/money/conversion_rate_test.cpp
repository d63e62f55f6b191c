#include "core/money/conversion_rate.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace takas::core::money {
namespace {

using enum Rounding;

std::optional<std::int64_t> converted(std::string_view rate, std::int64_t minor, int from, int to, Rounding rounding) {
    return ConversionRate::parse(rate).value().convert(minor, from, to, rounding);
}

TEST(conversion_rate, has_the_decimals_its_first_digit_says) {
    EXPECT_EQ(ConversionRate::parse("61234567")->text(), "1.234567");
    EXPECT_EQ(ConversionRate::parse("00000042")->text(), "42");
    EXPECT_EQ(ConversionRate::parse("70250000")->text(), "0.0250000");
    EXPECT_EQ(ConversionRate::parse("91234567")->text(), "0.001234567");
    EXPECT_EQ(ConversionRate::parse("61234567")->wire_text(), "61234567");
    for (const char* text : {"", "6123456", "612345678", "6123456A", "-1234567", " 1234567", "60000000"})
        EXPECT_FALSE(ConversionRate::parse(text)) << text;
}

TEST(conversion_rate, converts_between_any_minor_units) {
    EXPECT_EQ(converted("53250000", 1000, 2, 2, half_up), 32'500);  // 10.00 USD at 32.5 = 325.00 TRY
    EXPECT_EQ(converted("72500000", 1000, 0, 2, half_up), 25'000);  // 1000 JPY at 0.25
    EXPECT_EQ(converted("61000000", 1234, 3, 2, half_up), 123);     // 1.234 KWD at par
    EXPECT_EQ(converted("61000000", 1, 0, 4, half_up), 10'000);
    EXPECT_EQ(converted("61000000", 0, 2, 2, half_up), 0);
}

TEST(conversion_rate, a_half_goes_where_the_call_says) {
    for (const auto& [minor, up, even] :
         {std::tuple{1, 1, 0}, {3, 2, 2}, {5, 3, 2}, {7, 4, 4}, {-1, -1, 0}, {-3, -2, -2}, {-5, -3, -2}}) {
        EXPECT_EQ(converted("75000000", minor, 2, 2, half_up), up) << minor;
        EXPECT_EQ(converted("75000000", minor, 2, 2, half_even), even) << minor;
    }
    EXPECT_EQ(converted("75000001", 1, 2, 2, half_even), 1) << "just above a half";
    EXPECT_EQ(converted("74999999", 1, 2, 2, half_up), 0) << "just below";
}

TEST(conversion_rate, what_does_not_fit_is_nothing) {
    EXPECT_EQ(converted("09999999", INT64_MAX, 2, 2, half_up), std::nullopt);
    EXPECT_EQ(converted("09999999", INT64_MIN, 2, 2, half_up), std::nullopt);
    EXPECT_EQ(converted("00000001", INT64_MAX, 2, 2, half_up), INT64_MAX);
    EXPECT_EQ(converted("00000001", INT64_MIN, 2, 2, half_up), INT64_MIN);
    EXPECT_EQ(converted("00000001", 1, 2, 5, half_up), std::nullopt);
    EXPECT_EQ(converted("00000001", 1, -1, 2, half_up), std::nullopt);
}

TEST(conversion_rate, is_never_off_by_more_than_half_a_minor_unit) {
    EXPECT_TRUE(rc::check([] {
        const int scale = *rc::gen::inRange(0, 10), from = *rc::gen::inRange(0, 5), to = *rc::gen::inRange(0, 5);
        const auto coefficient = *rc::gen::inRange<std::int64_t>(1, 10'000'000);
        const auto minor = *rc::gen::inRange<std::int64_t>(-10'000'000, 10'000'000);
        const std::string seven = std::to_string(10'000'000 + coefficient).substr(1);
        const auto rate = ConversionRate::parse(std::to_string(scale) + seven);
        RC_ASSERT(rate && rate->value() == (Decimal{coefficient, static_cast<std::uint8_t>(scale)}));
        __extension__ using Wide = __int128;
        Wide exact = static_cast<Wide>(minor) * coefficient, unit = 1;
        for (int i = 0; i < to; ++i) exact *= 10;
        for (int i = 0; i < from + scale; ++i) unit *= 10;
        for (const Rounding rounding : {half_up, half_even}) {
            const auto got = rate->convert(minor, from, to, rounding);
            RC_ASSERT(got);
            const Wide off = 2 * (static_cast<Wide>(*got) * unit - exact);
            RC_ASSERT(off <= unit && off >= -unit);
        }
    }));
}

}  // namespace
}  // namespace takas::core::money
