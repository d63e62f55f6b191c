// What evaluating rules costs: the language of controls, links and fees.
#pragma once

#include <cstddef>
#include <string>

#include "figures.hpp"

namespace takas::bench {

void benchmark_rules(Figures& figures);

/// Work whose instructions are counted from outside: "rule" evaluates a rule of ten comparisons, all of them needed;
/// "rule-lists" one with long lists and texts. False when there is no such part.
bool do_rule_work(const std::string& part, std::size_t count);

}  // namespace takas::bench
