// Random rules and facts for the property tests: every field, operator and operand form, nested as deep as a rule may
// be. Made of rapidcheck's generators, so that a failure shrinks to a small rule.
#pragma once

#include <rapidcheck.h>

#include <string>
#include <vector>

#include "core/control/rule/operand.hpp"
#include "core/control/rule/rule.hpp"

namespace takas::core::control::rule {

/// Texts that are easy to get wrong: quotes, backslashes, key words, other scripts.
inline std::string random_text(const FieldRow& row) {
    if (row.charset == digits_charset) return std::to_string(*rc::gen::inRange(100'000, 100'020));
    return *rc::gen::element<std::string>("TR", "DE", "it's", "a\"b", "\\", "\\\"", "and", "null", "KÖŞE ŞİŞLİ", "x y",
                                          "')", "1");
}

/// Any bytes, often those that are easy to get wrong, now and then one that no text may hold.
inline std::string random_bytes() {
    auto text = *rc::gen::container<std::string>(rc::gen::oneOf(rc::gen::element('"', '\'', '\\', ')', ' ', '1'),
                                                                rc::gen::inRange('!', '~'),
                                                                rc::gen::cast<char>(rc::gen::inRange(0x80, 0x100))));
    if (*rc::gen::inRange(0, 12) == 0) text += *rc::gen::element('\0', '\n', '\x1B', '\x1F', '\x7F');
    return text;
}

inline std::int64_t random_number(const FieldRow& row) {
    switch (row.type) {
        case FieldType::amount:
            return *rc::gen::elementOf(
                std::vector<std::int64_t>{0, 1, 5'000'000, 5'000'001, 123'450'000, 999'999'999'990'000});
        case FieldType::enumeration:
            return row.values[static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(row.values.size())))]
                .value;
        case FieldType::boolean:
            return *rc::gen::inRange<std::int64_t>(0, 2);
        case FieldType::date:
            return *rc::gen::elementOf(std::vector<std::int64_t>{row.lowest, row.highest, 0, 22'340, 22'341});
        default:
            return *rc::gen::inRange<std::int64_t>(row.lowest,
                                                   std::min<std::int64_t>(row.highest, row.lowest + 12) + 1);
    }
}

inline Operand random_operand(const FieldRow& row) {
    if (row.type == FieldType::text) {
        std::string text = random_text(row);
        if (text.size() < row.text_min || text.size() > row.text_max) text = "XYZ";
        return {0, std::move(text)};
    }
    return {random_number(row), {}};
}

inline Node random_comparison() {
    using enum Operator;
    Node node;
    node.kind = NodeKind::comparison;
    // A few fields often, so that one field stands several times in a rule; every field now and then.
    node.field = *rc::gen::oneOf(
        rc::gen::element(Field::mcc, Field::transaction_amount, Field::card_acceptor_country, Field::is_onus),
        rc::gen::map(rc::gen::inRange<int>(0, static_cast<int>(field_count)),
                     [](int i) { return static_cast<Field>(i); }));
    const FieldRow& row = field_row(node.field);
    const auto operators = operators_of(row.type);
    node.op = operators[static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(operators.size())))];
    const bool is_list = node.op == in || node.op == not_in;
    const int count = is_list                                        ? *rc::gen::inRange(1, 14)
                      : node.op == between                           ? 2
                      : node.op == is_null || node.op == is_not_null ? 0
                                                                     : 1;
    for (int i = 0; i < count; ++i) node.operands.push_back(random_operand(row));
    return node;
}

/// A tree as the type check leaves one: no group of one, none in one of its kind.
inline Node random_node(int depth) {
    const int kind = depth == 0 ? 0 : *rc::gen::inRange(0, 5);
    if (kind <= 1) return random_comparison();
    Node node;
    if (kind == 2) {
        node.kind = NodeKind::negation;
        node.children.push_back(random_node(depth - 1));
        return node;
    }
    node.kind = kind == 3 ? NodeKind::all_of : NodeKind::any_of;
    const int count = *rc::gen::inRange(2, 5);
    while (static_cast<int>(node.children.size()) < count) {
        Node child = random_node(depth - 1);
        if (child.kind == node.kind) child = random_comparison();
        node.children.push_back(std::move(child));
    }
    return node;
}

/// Facts with texts of their own, near the operands of random rules.
struct RandomFacts {
    Facts facts;
    std::vector<std::string> texts = std::vector<std::string>(field_count);

    /// `is_complete`: what is never missing is there, as a door fills it.
    explicit RandomFacts(bool is_complete = false) {
        for (const FieldRow& row : field_rows()) {
            if ((row.is_nullable || !is_complete) && *rc::gen::inRange(0, 4) == 0) continue;  // null
            std::string& text = texts[static_cast<std::size_t>(row.field)];
            if (row.type == FieldType::text) text = random_text(row);
            facts[row.field] = row.type == FieldType::text ? Value::text(text) : Value::integer(random_number(row));
        }
    }
    RandomFacts(const RandomFacts&) = delete;
    RandomFacts& operator=(const RandomFacts&) = delete;
};

}  // namespace takas::core::control::rule
