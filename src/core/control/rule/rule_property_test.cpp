// Over random trees: what is printed is read again as the same, and what is compiled decides as a naive reading of the
// tree does.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/control/rule/canonical.hpp"
#include "core/control/rule/explain.hpp"
#include "core/control/rule/parser.hpp"
#include "core/control/rule/random_rules_test.hpp"

namespace takas::core::control::rule {
namespace {

/// The semantics as the contract says them, one operator at a time.
bool compares(const Node& node, const Value& value) {
    using enum Operator;
    if (node.op == is_null) return value.is_null();
    if (node.op == is_not_null) return !value.is_null();
    if (value.is_null()) return node.op == not_equal;
    const bool is_text = value.kind() == Value::Kind::text;
    const auto equals = [&](const Operand& o) { return is_text ? value.text() == o.text : value.number() == o.number; };
    const Operand& first = node.operands.front();
    switch (node.op) {
        case equal:
            return equals(first);
        case not_equal:
            return !equals(first);
        case less:
            return value.number() < first.number;
        case less_or_equal:
            return value.number() <= first.number;
        case greater:
            return value.number() > first.number;
        case greater_or_equal:
            return value.number() >= first.number;
        case between:
            return value.number() >= first.number && value.number() <= node.operands[1].number;
        case in:
            return std::ranges::any_of(node.operands, equals);
        case not_in:
            return std::ranges::none_of(node.operands, equals);
        case contains:
            return value.text().find(first.text) != std::string_view::npos;
        case starts_with:
            return value.text().substr(0, first.text.size()) == first.text;
        default:
            return value.text().size() >= first.text.size() &&
                   value.text().substr(value.text().size() - first.text.size()) == first.text;
    }
}

bool holds(const Node& node, const Facts& facts) {
    const auto holds_here = [&](const Node& child) { return holds(child, facts); };
    switch (node.kind) {
        case NodeKind::comparison:
            return compares(node, facts[node.field]);
        case NodeKind::negation:
            return !holds(node.children.front(), facts);
        case NodeKind::all_of:
            return std::ranges::all_of(node.children, holds_here);
        case NodeKind::any_of:
            return std::ranges::any_of(node.children, holds_here);
    }
    return false;
}

/// Some random trees print longer than a rule may be.
std::string text_within_bounds(const Node& node) {
    std::string text = canonical_text(node);
    RC_PRE(characters_of(text) <= rule_text_max);
    return text;
}

TEST(rule_property, what_is_printed_is_read_as_the_same) {
    EXPECT_TRUE(rc::check([] {
        const Node node = random_node(5);
        const std::string text = text_within_bounds(node);
        const Checked checked = check(text, Scope::counters);
        RC_ASSERT(checked.rule.has_value());
        RC_ASSERT(checked.rule->tree() == node);
        RC_ASSERT(checked.rule->canonical_text() == text);
    }));
}

TEST(rule_property, what_a_tree_says_is_kept_whatever_its_texts_hold) {
    EXPECT_TRUE(rc::check([] {
        Written written;
        written.kind = NodeKind::all_of;
        for (const Operator op : {Operator::equal, Operator::contains, Operator::in}) {
            Written one;
            one.kind = NodeKind::comparison, one.op = op;
            one.field = *rc::gen::element<std::string>("cardAcceptorName", "cardAcceptorCity", "cardAcceptorNo");
            const int count = op == Operator::in ? *rc::gen::inRange(1, 4) : 1;
            for (int i = 0; i < count; ++i)
                one.values.push_back({WrittenValue::Form::text, random_bytes(), 0, "value"});
            written.children.push_back(std::move(one));
        }
        const Checked checked = check(written, Scope::counters);
        if (!checked.rule) return;
        const Checked again = check(checked.rule->canonical_text(), Scope::counters);
        RC_ASSERT(again.rule.has_value());
        RC_ASSERT(again.rule->tree() == checked.rule->tree());
    }));
}

TEST(rule_property, other_spellings_print_the_same) {
    EXPECT_TRUE(rc::check([] {
        const std::string text = text_within_bounds(random_node(3));
        // Word operators, other case, spare brackets and spaces; quoted texts stay as they are.
        std::string other = "( ";
        bool is_quoted = false;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (is_quoted && text[i] == '\\') {
                other.append(text, i++, 2);
                continue;
            }
            if (text[i] == '"') is_quoted = !is_quoted;
            const std::string_view rest = std::string_view(text).substr(i);
            if (!is_quoted && (rest.starts_with("&&") || rest.starts_with("||"))) {
                other += rest[0] == '&' ? "AND" : "or";
                ++i;
            } else if (!is_quoted && rest.starts_with("==")) {
                other += "=";
                ++i;
            } else if (!is_quoted && rest.starts_with("!=")) {
                other += "<>";
                ++i;
            } else if (!is_quoted && rest.starts_with("!(")) {
                other += "Not";
            } else {
                other += is_quoted || text[i] < 'a' || text[i] > 'z' ? text[i] : static_cast<char>(text[i] - 'a' + 'A');
            }
        }
        const Checked checked = check(other + " )", Scope::counters);
        if (!checked.rule && checked.errors.front().code == ErrorCode::rule_too_large) return;  // the spare bracket
        RC_ASSERT(checked.rule.has_value());
        RC_ASSERT(checked.rule->canonical_text() == text);
    }));
}

TEST(rule_property, the_program_decides_as_the_tree_reads) {
    EXPECT_TRUE(rc::check([] {
        const Node node = random_node(4);
        const Checked checked = check(text_within_bounds(node), Scope::counters);
        RC_ASSERT(checked.rule.has_value());
        for (int i = 0; i < 8; ++i) {
            const RandomFacts random;
            RC_ASSERT(checked.rule->evaluate(random.facts) == holds(node, random.facts));
            RC_ASSERT(explain(*checked.rule, random.facts).outcome == holds(node, random.facts));
        }
    }));
}

TEST(rule_property, a_warned_never_and_always_is_true) {
    EXPECT_TRUE(rc::check([] {
        const Node node = random_node(2);
        const Checked checked = check(text_within_bounds(node), Scope::counters);
        RC_ASSERT(checked.rule.has_value());
        for (const Warning& warning : checked.rule->warnings()) {
            if (warning.position != 1 || !warning.english.ends_with("holds.")) continue;
            // Only sentences about the whole rule can be checked on the whole rule.
            if (warning.english.find(checked.rule->canonical_text()) != 1) continue;
            const bool is_always = warning.english.ends_with("always holds.");
            for (int i = 0; i < 20; ++i) RC_ASSERT(checked.rule->evaluate(RandomFacts(true).facts) == is_always);
        }
    }));
}

}  // namespace
}  // namespace takas::core::control::rule
