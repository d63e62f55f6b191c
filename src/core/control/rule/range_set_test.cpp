#include "core/control/rule/range_set.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace takas::core::control::rule {
namespace {

constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();

TEST(range_set, joins_what_overlaps_or_touches) {
    EXPECT_EQ(joined({{5, 6}, {1, 2}, {3, 3}, {9, 8}}), (RangeSet{{1, 3}, {5, 6}}));
    EXPECT_EQ(joined({{1, highest}, {7, 9}}), (RangeSet{{1, highest}}));
    EXPECT_EQ(joined({{highest, highest}, {lowest, lowest}}), (RangeSet{{lowest, lowest}, {highest, highest}}));
    EXPECT_EQ(joined({}), RangeSet{});
}

TEST(range_set, common_united_and_left_over) {
    EXPECT_EQ(intersection({{1, 5}, {8, 9}}, {{3, 8}}), (RangeSet{{3, 5}, {8, 8}}));
    EXPECT_EQ(united({{1, 5}}, {{6, 7}, {10, 11}}), (RangeSet{{1, 7}, {10, 11}}));
    EXPECT_EQ(difference({1, 10}, {{3, 4}, {10, 20}}), (RangeSet{{1, 2}, {5, 9}}));
    EXPECT_EQ(difference({1, 10}, {{lowest, highest}}), RangeSet{});
    EXPECT_EQ(difference({lowest, highest}, {{0, 0}}), (RangeSet{{lowest, -1}, {1, highest}}));
    EXPECT_EQ(difference({lowest, highest}, {}), (RangeSet{{lowest, highest}}));
}

}  // namespace
}  // namespace takas::core::control::rule
