#include "base/decimal.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace takas {
namespace {

TEST(decimal, parses_exactly) {
    EXPECT_EQ(parse_decimal("14.99"), (Decimal{1499, 2}));
    EXPECT_EQ(parse_decimal("-0.010"), (Decimal{-1, 2}));
    EXPECT_EQ(parse_decimal("1e2"), (Decimal{100, 0}));
    EXPECT_EQ(parse_decimal("12.5e-1"), (Decimal{125, 2}));
    EXPECT_EQ(parse_decimal("0"), (Decimal{0, 0}));
}

TEST(decimal, refuses_what_it_cannot_hold) {
    for (const char* text :
         {"", "-", ".5", "5.", "1e400", "1.2.3", "abc", "1e", "1234567890123456789", "0.1234567890123456789"})
        EXPECT_EQ(parse_decimal(text), std::nullopt) << text;
}

TEST(decimal, rescales_without_losing_digits) {
    EXPECT_EQ(rescale({1499, 2}, 2), 1499);
    EXPECT_EQ(rescale({15, 0}, 2), 1500);
    EXPECT_EQ(rescale({149900, 4}, 2), 1499);
    EXPECT_EQ(rescale({1, 3}, 2), std::nullopt);
    EXPECT_EQ(rescale({900'000'000'000'000'000, 0}, 4), std::nullopt);
}

TEST(decimal, text_round_trips) {
    EXPECT_TRUE(rc::check([] {
        const Decimal d{*rc::gen::inRange<std::int64_t>(-999'999'999'999, 999'999'999'999),
                        static_cast<std::uint8_t>(*rc::gen::inRange(0, 7))};
        const auto back = parse_decimal(to_text(d));
        RC_ASSERT(back.has_value());
        RC_ASSERT(rescale(*back, d.scale) == d.coefficient);
    }));
}

}  // namespace
}  // namespace takas
