// A rule as a query builder shows it: the root is always a group, a negation is a group's "not".
#include "core/control/rule/operand.hpp"
#include "protocol/json/codec.hpp"
#include "protocol/query_builder/query_builder.hpp"

namespace takas::protocol::query_builder {

using namespace core::control::rule;

namespace {

int group_depth(const Node& node) {
    if (node.kind == NodeKind::comparison) return 0;
    int deepest = 0;
    for (const Node& child : node.children) deepest = std::max(deepest, group_depth(child));
    // `!(a && b)` is one group; `!(a == 1)` and `!(!(...))` need one of their own.
    const bool shares_group = node.kind == NodeKind::negation && node.children.front().kind != NodeKind::comparison &&
                              node.children.front().kind != NodeKind::negation;
    return deepest + (shares_group ? 0 : 1);
}

bool is_group(const Node& node) { return node.kind == NodeKind::all_of || node.kind == NodeKind::any_of; }

void append_operand(std::string& out, const FieldRow& row, const Operand& operand) {
    // Texts as they are: canonical text escapes by rules of its own.
    if (row.type == FieldType::text) return json::append_json_string(out, operand.text);
    out += to_text(row, operand);  // numbers, true, and names, dates and times in double quotes: JSON already
}

void append_comparison(std::string& out, const Node& node) {
    using enum Operator;
    const FieldRow& row = field_row(node.field);
    out.append(R"({"field":")").append(row.name.view()).append(R"(","operator":")");
    out.append(query_builder_spelling_of(node.op)).append("\"");
    if (node.op != is_null && node.op != is_not_null) {
        const bool is_list = node.op == in || node.op == not_in || node.op == between;
        out += is_list ? R"(,"value":[)" : R"(,"value":)";
        for (const Operand& operand : node.operands) {
            if (&operand != node.operands.data()) out += ',';
            append_operand(out, row, operand);
        }
        if (is_list) out += ']';
    }
    out += '}';
}

void append_group(std::string& out, const Node& node, bool is_negated);

void append(std::string& out, const Node& node) {
    if (node.kind == NodeKind::comparison) return append_comparison(out, node);
    append_group(out, node, false);
}

/// A node that is no group becomes the only rule of one.
void append_group(std::string& out, const Node& node, bool is_negated) {
    if (node.kind == NodeKind::negation && !is_negated) return append_group(out, node.children.front(), true);
    out += node.kind == NodeKind::any_of ? R"({"condition":"OR","not":)" : R"({"condition":"AND","not":)";
    out += is_negated ? R"(true,"rules":[)" : R"(false,"rules":[)";
    if (is_group(node)) {
        for (const Node& child : node.children) {
            if (&child != node.children.data()) out += ',';
            append(out, child);
        }
    } else {
        append(out, node);
    }
    out += "]}";
}

}  // namespace

std::optional<std::string> to_json(const Rule& rule) {
    const Node& root = rule.tree();
    if (group_depth(root) + (root.kind == NodeKind::comparison ? 1 : 0) > rule_depth_max) return std::nullopt;
    std::string out;
    append_group(out, root, false);
    return out;
}

}  // namespace takas::protocol::query_builder
