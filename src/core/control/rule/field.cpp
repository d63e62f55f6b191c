// Finding fields and operators by what people write.
#include "core/control/rule/field.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "core/control/rule/letters.hpp"

namespace takas::core::control::rule {
namespace {

using enum Operator;

struct OperatorRow {
    Operator op;
    std::string_view text;
};
constexpr std::array operator_rows{
    OperatorRow{equal, "=="},
    OperatorRow{not_equal, "!="},
    OperatorRow{less, "<"},
    OperatorRow{less_or_equal, "<="},
    OperatorRow{greater, ">"},
    OperatorRow{greater_or_equal, ">="},
    OperatorRow{between, "between"},
    OperatorRow{in, "in"},
    OperatorRow{not_in, "not in"},
    OperatorRow{contains, "contains"},
    OperatorRow{starts_with, "startsWith"},
    OperatorRow{ends_with, "endsWith"},
    OperatorRow{is_null, "is null"},
    OperatorRow{is_not_null, "is not null"},
};

constexpr std::array for_numbers{equal, not_equal, less,    less_or_equal, greater, greater_or_equal, Operator::between,
                                 in,    not_in,    is_null, is_not_null};
constexpr std::array for_texts{equal, not_equal, in, not_in, contains, starts_with, ends_with, is_null, is_not_null};
constexpr std::array for_names{equal, not_equal, in, not_in, is_null, is_not_null};
constexpr std::array for_flags{equal, not_equal, is_null, is_not_null};

/// How many letters have to be put in, left out or exchanged to make one from the other (Levenshtein).
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> line(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) line[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = line[0];
        line[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = line[j];
            const std::size_t exchanged = diagonal + (lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1);
            line[j] = std::min({exchanged, above + 1, line[j - 1] + 1});
            diagonal = above;
        }
    }
    return line[b.size()];
}

/// Small letters only, without what separates words.
std::string letters_of(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c != ' ' && c != '_') out += lower(c);
    return out;
}

}  // namespace

std::optional<Field> find_field(std::string_view name) {
    for (const FieldRow& row : field_rows())
        if (equal_in_any_case(row.name.view(), name)) return row.field;
    return std::nullopt;
}

std::string_view nearest_field_name(std::string_view name, Scope scope) {
    constexpr std::size_t longest_name = 48;
    if (name.empty() || name.size() > longest_name) return {};
    std::size_t best = 1 + std::max<std::size_t>(1, name.size() / 4);  // at least this far is no likeness
    std::string_view nearest;
    for (const FieldRow& row : field_rows()) {
        if (!row.is_in(scope)) continue;
        const std::size_t far = distance(name, row.name.view());
        if (far >= best) continue;
        best = far;
        nearest = row.name.view();
    }
    return nearest;
}

std::span<const Operator> operators_of(FieldType type) {
    switch (type) {
        case FieldType::amount:
        case FieldType::integer:
        case FieldType::date:
        case FieldType::time_of_day:
            return for_numbers;
        case FieldType::text:
            return for_texts;
        case FieldType::id:
        case FieldType::enumeration:
            return for_names;
        case FieldType::boolean:
            return for_flags;
    }
    return {};
}

bool has_operator(FieldType type, Operator op) {
    const auto all = operators_of(type);
    return std::ranges::find(all, op) != all.end();
}

std::string_view spelling_of(Operator op) { return operator_rows[static_cast<std::size_t>(op)].text; }

std::string_view query_builder_spelling_of(Operator op) { return op == equal ? "=" : spelling_of(op); }

std::optional<Operator> operator_from_query_builder(std::string_view text) {
    constexpr std::size_t longest = 32;
    if (text.size() > longest) return std::nullopt;
    if (text == "=") return equal;
    if (text == "<>") return not_equal;
    const std::string wanted = letters_of(text);
    for (const OperatorRow& row : operator_rows)
        if (letters_of(row.text) == wanted) return row.op;
    return std::nullopt;
}

}  // namespace takas::core::control::rule
