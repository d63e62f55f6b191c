// The parts of an authorization without HTTP: the pure decision alone, and the engine from the use case down to the
// store. Run in this process, for rates and for counting instructions.
#pragma once

#include <cstddef>
#include <string>

namespace takas::bench {

struct DecisionRate {
    double decide_per_second = 0;
    double decide_and_changes_per_second = 0;
    double allocations_per_decide = 0;
    double allocations_per_changes = 0;
};

/// On this thread, after warm-up; the best of a few repeats, since everything that disturbs makes it slower.
DecisionRate measure_decisions();

/// Work whose instructions are counted from outside. `part` is "decide", "changes" (with decide) or "engine": lanes and
/// SQLite with 64 requests under way. False when there is no such part.
bool do_work(const std::string& part, std::size_t count);

/// How often operator new was called on this thread so far.
std::size_t allocation_count();

}  // namespace takas::bench
