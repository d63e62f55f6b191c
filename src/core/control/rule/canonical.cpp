// Brackets stand round an "or" inside an "and", and behind every "!": `!mcc == 5` would be read as (!mcc) == 5 by
// people.
#include "core/control/rule/canonical.hpp"

#include "core/control/rule/operand.hpp"

namespace takas::core::control::rule {
namespace {

void append(std::string& out, const Node& node);

void append_group(std::string& out, const Node& node, std::string_view separator) {
    for (const Node& child : node.children) {
        if (&child != node.children.data()) out += separator;
        const bool needs_brackets = node.kind == NodeKind::all_of && child.kind == NodeKind::any_of;
        if (needs_brackets) out += '(';
        append(out, child);
        if (needs_brackets) out += ')';
    }
}

void append_comparison(std::string& out, const Node& node) {
    using enum Operator;
    const FieldRow& row = field_row(node.field);
    out.append(row.name.view()).append(" ").append(spelling_of(node.op));
    if (node.op == is_null || node.op == is_not_null) return;
    const bool is_list = node.op == in || node.op == not_in;
    const std::string_view separator = is_list ? ", " : " and ";
    out += is_list ? " (" : " ";
    for (const Operand& operand : node.operands) {
        if (&operand != node.operands.data()) out += separator;
        out += to_text(row, operand);
    }
    if (is_list) out += ')';
}

void append(std::string& out, const Node& node) {
    switch (node.kind) {
        case NodeKind::all_of:
            return append_group(out, node, " && ");
        case NodeKind::any_of:
            return append_group(out, node, " || ");
        case NodeKind::negation:
            out += "!(";
            if (!node.children.empty()) append(out, node.children.front());
            out += ')';
            return;
        case NodeKind::comparison:
            return append_comparison(out, node);
    }
}

}  // namespace

std::string canonical_text(const Node& node) {
    std::string out;
    append(out, node);
    return out;
}

}  // namespace takas::core::control::rule
