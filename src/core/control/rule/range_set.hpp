// Sets of whole numbers as ranges in order, none touching another. What `in` lists are searched as, and what the
// warnings about rules that never or always hold are worked out with.
#pragma once

#include <cstdint>
#include <vector>

namespace takas::core::control::rule {

/// Both ends belong to it.
struct Range {
    std::int64_t low = 0, high = 0;
    friend bool operator==(Range, Range) = default;
};

using RangeSet = std::vector<Range>;

/// Orders the ranges and joins those that overlap or touch; empty ones (low above high) fall out.
RangeSet joined(std::vector<Range> ranges);
RangeSet intersection(const RangeSet& a, const RangeSet& b);
RangeSet united(const RangeSet& a, const RangeSet& b);
/// What of `whole` is not in `set`.
RangeSet difference(Range whole, const RangeSet& set);

}  // namespace takas::core::control::rule
