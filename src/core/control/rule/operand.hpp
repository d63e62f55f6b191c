// One written value as an operand of a field: exact, in range, of the field's type; or why not, in both languages.
// Also what the check endpoint reads example facts with.
#pragma once

#include <expected>
#include <string>

#include "core/control/rule/tree.hpp"

namespace takas::core::control::rule {

struct OperandRefusal {
    std::string expected;  ///< "number", "date" ...: diagnostic.hpp
    std::string english, turkish;
};

/// `is_part`: compared with a part of the value (contains), so the field's shortest length and form do not count.
std::expected<Operand, OperandRefusal> operand_of(const FieldRow& row, const WrittenValue& value, bool is_part = false);

/// As canonical text writes it: 12.5, "Purchase", "2031-03-01", true.
std::string to_text(const FieldRow& row, const Operand& operand);

}  // namespace takas::core::control::rule
