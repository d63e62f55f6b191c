#include "core/control/rule/range_set.hpp"

#include <algorithm>
#include <limits>

namespace takas::core::control::rule {

RangeSet joined(std::vector<Range> ranges) {
    std::erase_if(ranges, [](Range r) { return r.low > r.high; });
    std::ranges::sort(ranges, {}, &Range::low);
    RangeSet out;
    for (const Range r : ranges) {
        const bool touches = !out.empty() && (out.back().high == std::numeric_limits<std::int64_t>::max() ||
                                              r.low <= out.back().high + 1);
        if (touches) {
            out.back().high = std::max(out.back().high, r.high);
        } else {
            out.push_back(r);
        }
    }
    return out;
}

RangeSet intersection(const RangeSet& a, const RangeSet& b) {
    std::vector<Range> common;
    for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
        common.push_back({std::max(x->low, y->low), std::min(x->high, y->high)});
        if (x->high < y->high) {
            ++x;
        } else {
            ++y;
        }
    }
    return joined(std::move(common));
}

RangeSet united(const RangeSet& a, const RangeSet& b) {
    std::vector<Range> all = a;
    all.insert(all.end(), b.begin(), b.end());
    return joined(std::move(all));
}

RangeSet difference(Range whole, const RangeSet& set) {
    std::vector<Range> rest;
    std::int64_t next = whole.low;
    for (const Range r : intersection({whole}, set)) {
        if (r.low > next) rest.push_back({next, r.low - 1});
        if (r.high >= whole.high) return rest;
        next = r.high + 1;
    }
    rest.push_back({next, whole.high});
    return joined(std::move(rest));
}

}  // namespace takas::core::control::rule
