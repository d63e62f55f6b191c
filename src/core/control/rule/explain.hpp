// Why a rule holds or not: its tree again, with what each part came to and the values that decided.
#pragma once

#include <string>
#include <vector>

#include "core/control/rule/rule.hpp"

namespace takas::core::control::rule {

struct Explanation {
    NodeKind kind{};
    std::string text;    ///< canonical, of this part
    Field field{};       ///< of a comparison
    std::string actual;  ///< of a comparison: the field's value as canonical text writes it; "null" when there is none
    bool outcome = false;
    std::vector<Explanation> children;
};

/// Every part is evaluated, also those that an evaluation would have skipped. Allocates: not for the decision's path.
Explanation explain(const Rule& rule, const Facts& facts);

/// A field's value as canonical text writes it; "null" when there is none.
std::string actual_text(Field field, const Facts& facts);

}  // namespace takas::core::control::rule
