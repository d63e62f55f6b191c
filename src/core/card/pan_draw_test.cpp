#include "core/card/pan_draw.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <set>

namespace takas::core::card {
namespace {

product::CardBinRange range_of(product::Allocation allocation, std::vector<product::RangeSegment> segments) {
    product::CardBinRange range;
    range.bin = "97921234";
    range.allocation = allocation;
    range.segments = std::move(segments);
    return range;
}

constexpr DrawKey key{{0x0706050403020100, 0x0f0e0d0c0b0a0908}};

std::string digits_at(const product::CardBinRange& range, std::int64_t position) {
    const auto pan = pan_at(range, 16, position, key);
    return pan ? std::string(pan->reveal(RevealFor::personalisation)) : "";
}

// Aumasson and Bernstein, "SipHash: a fast short-input PRF", appendix A: the 15 octets 00 .. 0e.
TEST(PanDraw, SipHashGivesThePublishedValue) {
    const std::array<std::uint64_t, 2> blocks{0x0706050403020100, 0x0f0e0d0c0b0a0908};
    EXPECT_EQ(siphash(key, blocks), 0xa129ca6149be45e5);
}

TEST(PanDraw, PermutationMeetsEveryPlaceOnce) {
    EXPECT_TRUE(rc::check([] {
        const auto size = *rc::gen::inRange<std::int64_t>(1, 3000);
        const DrawKey random_key{{*rc::gen::arbitrary<std::uint64_t>(), *rc::gen::arbitrary<std::uint64_t>()}};
        const auto tweak = *rc::gen::arbitrary<std::uint64_t>();
        std::vector<bool> met(static_cast<std::size_t>(size));
        for (std::int64_t position = 0; position < size; ++position) {
            const std::int64_t place = permute(position, size, random_key, tweak);
            RC_ASSERT(place >= 0 && place < size);
            RC_ASSERT(!met[static_cast<std::size_t>(place)]);
            met[static_cast<std::size_t>(place)] = true;
        }
    }));
}

TEST(PanDraw, LargeRangesStayInside) {
    EXPECT_TRUE(rc::check([] {
        const auto size = *rc::gen::inRange<std::int64_t>(2, 1'000'000'000'000);
        const auto position = *rc::gen::inRange<std::int64_t>(0, size);
        const std::int64_t place = permute(position, size, key, 7);
        RC_ASSERT(place >= 0 && place < size);
    }));
}

TEST(PanDraw, KeyAndTweakChangeTheOrder) {
    int same_key = 0, same_tweak = 0;
    for (std::int64_t i = 0; i < 1000; ++i) {
        same_key += permute(i, 1000, key, 1) == permute(i, 1000, {{1, 2}}, 1);
        same_tweak += permute(i, 1000, key, 1) == permute(i, 1000, key, 2);
    }
    EXPECT_LT(same_key, 20);  // about one is expected by chance
    EXPECT_LT(same_tweak, 20);
}

TEST(PanDraw, SequentialNumbersCountUp) {
    const auto range = range_of(product::Allocation::sequential, {{41, 2}, {900, 1}});
    EXPECT_EQ(digits_at(range, 0).substr(0, 15), "979212340000041");
    EXPECT_EQ(digits_at(range, 1).substr(0, 15), "979212340000042");
    EXPECT_EQ(digits_at(range, 2).substr(0, 15), "979212340000900");  // the widened part comes after
    EXPECT_EQ(digits_at(range, 3), "");
    EXPECT_EQ(digits_at(range, -1), "");
}

TEST(PanDraw, RandomDrawsGiveEveryNumberOnceWithACheckDigit) {
    const auto range = range_of(product::Allocation::random, {{100, 50}, {150, 25}});
    std::set<std::string> numbers;
    for (std::int64_t position = 0; position < 75; ++position) {
        const std::string number = digits_at(range, position);
        EXPECT_TRUE(luhn_valid(number));
        const int account = std::stoi(number.substr(8, 7));
        EXPECT_TRUE(position < 50 ? account >= 100 && account < 150 : account >= 150 && account < 175) << account;
        numbers.insert(number);
    }
    EXPECT_EQ(numbers.size(), 75U);
    EXPECT_EQ(digits_at(range, 75), "");
}

TEST(PanDraw, RefusesLengthsThatDoNotFit) {
    const auto range = range_of(product::Allocation::sequential, {{10'000'000, 1}});  // eight digits
    EXPECT_FALSE(pan_at(range, 16, 0, key));
    EXPECT_TRUE(pan_at(range, 17, 0, key));
    EXPECT_FALSE(pan_at(range, 9, 0, key));
}

}  // namespace
}  // namespace takas::core::card
