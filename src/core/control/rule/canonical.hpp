// The one spelling of a rule: == && || !, names as published, values in double quotes, no brackets that change nothing.
// Parsing the text gives the tree again.
#pragma once

#include <string>

#include "core/control/rule/tree.hpp"

namespace takas::core::control::rule {

std::string canonical_text(const Node& node);

}  // namespace takas::core::control::rule
