#include "core/product/range_rules.hpp"

#include <gtest/gtest.h>

namespace takas::core::product {
namespace {

CardBin bin_of(std::string digits, std::int16_t length = 16) {
    CardBin bin;
    bin.bin = std::move(digits);
    bin.length = length;
    return bin;
}

CardBinRange range_of(std::string start, std::string end, Allocation allocation = Allocation::sequential) {
    CardBinRange range;
    range.segments = segments_between(start, end);
    range.start_range = std::move(start), range.end_range = std::move(end);
    range.allocation = allocation;
    return range;
}

std::vector<std::string> refused(const CardBin& bin, std::string_view start, std::string_view end) {
    FieldErrors errors;
    check_ends(bin, start, end, errors);
    std::vector<std::string> paths;
    for (const FieldError& e : errors.list()) paths.push_back(e.path);
    return paths;
}

TEST(RangeRules, EndsAreTheDigitsBetweenBinAndCheckDigit) {
    using Paths = std::vector<std::string>;
    EXPECT_EQ(refused(bin_of("979212"), "000000000", "999999999"), Paths{});
    EXPECT_EQ(refused(bin_of("97921234"), "0000000", "0000000"), Paths{});
    EXPECT_EQ(refused(bin_of("97921234", 19), "0000000000", "0000000001"), Paths{});
    EXPECT_EQ(refused(bin_of("97921234"), "000000", "00000000"), (Paths{"startRange", "endRange"}));
    EXPECT_EQ(refused(bin_of("97921234"), "000000a", "0000001"), (Paths{"startRange"}));
    EXPECT_EQ(refused(bin_of("97921234"), "0000002", "0000001"), (Paths{"endRange"}));
    EXPECT_EQ(refused(bin_of("97921234"), "", ""), (Paths{"startRange", "endRange"}));
}

TEST(RangeRules, OverlapCountsBothEnds) {
    const auto range = range_of("100", "199");
    EXPECT_TRUE(overlap(range, range_of("199", "300")));
    EXPECT_TRUE(overlap(range, range_of("000", "100")));
    EXPECT_TRUE(overlap(range, range_of("150", "150")));
    EXPECT_TRUE(overlap(range, range_of("000", "999")));
    EXPECT_FALSE(overlap(range, range_of("200", "300")));
    EXPECT_FALSE(overlap(range, range_of("000", "099")));
}

TEST(RangeRules, AnUnusedRangeMayMoveAnywhere) {
    for (const auto allocation : {Allocation::random, Allocation::sequential}) {
        const auto moved = moved_segments(range_of("100", "199", allocation), "500", "509", 0);
        ASSERT_TRUE(moved);
        EXPECT_EQ(*moved, (std::vector<RangeSegment>{{500, 10}}));
    }
}

TEST(RangeRules, WideningKeepsDrawnNumbersWhereTheyAre) {
    for (const auto allocation : {Allocation::random, Allocation::sequential}) {
        const auto moved = moved_segments(range_of("100", "199", allocation), "090", "249", 7);
        ASSERT_TRUE(moved);
        EXPECT_EQ(*moved, (std::vector<RangeSegment>{{100, 100}, {200, 50}, {90, 10}}));
    }
}

TEST(RangeRules, NarrowingMayNotLeaveOutDrawnNumbers) {
    const auto sequential = range_of("100", "199");
    EXPECT_EQ(moved_segments(sequential, "100", "149", 50), (std::vector<RangeSegment>{{100, 50}}));
    EXPECT_FALSE(moved_segments(sequential, "100", "149", 51));
    EXPECT_FALSE(moved_segments(sequential, "101", "199", 1));
    const auto random = range_of("100", "199", Allocation::random);
    EXPECT_FALSE(moved_segments(random, "100", "198", 1));
    EXPECT_TRUE(moved_segments(random, "100", "199", 1));
    auto widened = sequential;
    widened.segments = {{110, 90}, {100, 10}};  // the last segment is not at the end
    EXPECT_FALSE(moved_segments(widened, "100", "150", 1));
}

TEST(RangeRules, LastNumberOfASequentialRange) {
    auto range = range_of("010", "012");
    EXPECT_EQ(last_sequential(range, 0), "");
    EXPECT_EQ(last_sequential(range, 1), "010");
    EXPECT_EQ(last_sequential(range, 3), "012");
    range.segments.push_back({5, 5});
    EXPECT_EQ(last_sequential(range, 4), "005");
    EXPECT_EQ(range_size(range), 8);
}

}  // namespace
}  // namespace takas::core::product
