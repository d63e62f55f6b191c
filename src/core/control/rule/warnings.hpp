// What is legal in a rule, but probably not meant: conditions that can never or only hold, values that stand twice in a
// list, ranges written backwards. Looks at one field at a time: silence is no proof.
#pragma once

#include <vector>

#include "core/control/rule/diagnostic.hpp"
#include "core/control/rule/tree.hpp"

namespace takas::core::control::rule {

inline constexpr std::size_t warnings_max = 20;

std::vector<Warning> warnings_of(const Node& root);

}  // namespace takas::core::control::rule
