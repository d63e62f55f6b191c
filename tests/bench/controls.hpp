// What an institution's policy costs a decision: a hundred controls, limits and fees, linked at every level.
#pragma once

#include <cstddef>
#include <string>

#include "figures.hpp"

namespace takas::bench {

void benchmark_controls(Figures& figures);

/// Work whose instructions are counted from outside: "controls" considers a hundred items for one purchase and counts
/// it. False when there is no such part.
bool do_control_work(const std::string& part, std::size_t count);

}  // namespace takas::bench
