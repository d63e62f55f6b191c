#include "core/money/applied_rate.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace takas::core::money {
namespace {

using enum RateSide;

std::int64_t applied(std::int64_t base_rate_e9, std::int16_t markup_bps, RateSide side) {
    return applied_rate({base_rate_e9, markup_bps, side}).value().rate_e9;
}

TEST(applied_rate, a_mark_up_is_to_the_institutions_favour_on_either_side) {
    EXPECT_EQ(applied(40'500'000'000, 250, sell), 41'512'500'000);  // 40.5 and 2.50 % of it, 1.0125
    EXPECT_EQ(applied(40'500'000'000, 250, buy), 39'487'500'000);
    EXPECT_EQ(applied(40'500'000'000, 250, middle), 40'500'000'000);
    EXPECT_EQ(applied(40'500'000'000, 0, sell), 40'500'000'000);
    EXPECT_EQ(applied(40'500'000'000, 0, buy), 40'500'000'000);
}

TEST(applied_rate, rounds_half_up_to_nine_digits) {
    EXPECT_EQ(applied(5'000, 1, sell), 5'001);  // 0.000005 * 1.0001 = 0.0000050005
    EXPECT_EQ(applied(4'999, 1, sell), 4'999);
    EXPECT_EQ(applied(5'000, 1, buy), 5'000);                 // 0.0000049995 goes up: towards the base
    EXPECT_EQ(applied(270'500'001, 199, sell), 275'882'951);  // 0.2705000010 * 1.0199 = 0.27588295101...
}

TEST(applied_rate, what_makes_no_sense_is_nothing) {
    for (const RateTerms wrong : {RateTerms{0, 100, sell}, RateTerms{-1, 100, sell}, RateTerms{1, -1, sell},
                                  RateTerms{1, markup_max_bps + 1, buy}, RateTerms{INT64_MAX, 1, sell}})
        EXPECT_FALSE(applied_rate(wrong)) << wrong.base_rate_e9 << " " << wrong.markup_bps;
    EXPECT_EQ(applied(1, markup_max_bps, buy), 1);
    EXPECT_EQ(applied(INT64_MAX, markup_max_bps, middle), INT64_MAX);
}

TEST(applied_rate, buys_never_above_and_sells_never_below_the_base) {
    EXPECT_TRUE(rc::check([] {
        const auto base = *rc::gen::inRange<std::int64_t>(1, 1'000'000'000'000'000);
        const auto bps = *rc::gen::inRange<std::int16_t>(0, markup_max_bps + 1);
        const auto dearer = applied(base, bps, sell), cheaper = applied(base, bps, buy);
        RC_ASSERT(cheaper <= base && base <= dearer);
        // Off by at most half of the ninth digit, which is 5,000 of 10^-4 of it.
        __extension__ using Wide = __int128;
        for (const auto& [rate, factor] : {std::pair{dearer, 10'000 + bps}, std::pair{cheaper, 10'000 - bps}}) {
            const Wide off = static_cast<Wide>(rate) * 10'000 - static_cast<Wide>(base) * factor;
            RC_ASSERT(off <= 5'000 && off > -5'000);
        }
    }));
}

}  // namespace
}  // namespace takas::core::money
