#include "core/control/rule/explain.hpp"

#include <algorithm>

#include "core/control/rule/canonical.hpp"
#include "core/control/rule/operand.hpp"
#include "core/control/rule/program.hpp"

namespace takas::core::control::rule {
namespace {

Explanation explain(const Node& node, const Facts& facts) {
    Explanation out{node.kind, canonical_text(node), node.field, {}, false, {}};
    for (const Node& child : node.children) out.children.push_back(explain(child, facts));
    switch (node.kind) {
        case NodeKind::comparison:
            out.actual = actual_text(node.field, facts);
            out.outcome = Program(node).evaluate(facts);  // the same engine as the decision's
            break;
        case NodeKind::negation:
            out.outcome = !out.children.front().outcome;
            break;
        case NodeKind::all_of:
            out.outcome = std::ranges::all_of(out.children, &Explanation::outcome);
            break;
        case NodeKind::any_of:
            out.outcome = std::ranges::any_of(out.children, &Explanation::outcome);
            break;
    }
    return out;
}

}  // namespace

std::string actual_text(Field field, const Facts& facts) {
    const FieldRow& row = field_row(field);
    const Value& value = facts[field];
    if (value.kind() != kind_of(row.type)) return "null";
    if (value.kind() == Value::Kind::text) return to_text(row, {0, std::string(value.text())});
    return to_text(row, {value.number(), {}});
}

Explanation explain(const Rule& rule, const Facts& facts) { return explain(rule.tree(), facts); }

}  // namespace takas::core::control::rule
