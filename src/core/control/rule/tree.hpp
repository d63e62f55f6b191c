// The two trees of a rule. `Written` is what somebody wrote, from either spelling: names and values not yet looked at.
// `Node` is what it means: typed, groups inside groups of the same kind opened. A Node equals another when the
// rules say the same in the same order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/control/rule/field.hpp"

namespace takas::core::control::rule {

/// The bounds of a rule: far above what people write, far below what costs time.
inline constexpr std::size_t rule_text_max = 4'000;  ///< characters
inline constexpr int rule_depth_max = 10;            ///< brackets within brackets, groups within groups
inline constexpr std::size_t rule_list_max = 200;    ///< values of one list

enum class NodeKind : std::uint8_t { all_of, any_of, negation, comparison };

struct WrittenValue {
    enum class Form : std::uint8_t { number, text, boolean, date, time_of_day };
    Form form{};
    std::string text;            ///< a text without its quotes and escapes
    std::uint32_t position = 0;  ///< column, from 1
    std::string path;
};

struct Written {
    NodeKind kind{};
    std::vector<Written> children;
    std::string field;
    Operator op{};
    std::vector<WrittenValue> values;
    std::uint32_t position = 0, operator_position = 0;
    std::string path;
};

struct Operand {
    std::int64_t number = 0;  ///< as value.hpp keeps the field's values
    std::string text;
    friend bool operator==(const Operand&, const Operand&) = default;
};

struct Node {
    NodeKind kind{};
    std::vector<Node> children;
    Field field{};
    Operator op{};
    std::vector<Operand> operands;
    std::uint32_t position = 0;  ///< where it was written; says nothing about the meaning
    std::string path;

    friend bool operator==(const Node& a, const Node& b) {
        return a.kind == b.kind && a.field == b.field && a.op == b.op && a.operands == b.operands &&
               a.children == b.children;
    }
};

}  // namespace takas::core::control::rule
