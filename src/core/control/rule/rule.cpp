#include "core/control/rule/rule.hpp"

#include <algorithm>

#include "core/control/rule/canonical.hpp"
#include "core/control/rule/parser.hpp"
#include "core/control/rule/program.hpp"
#include "core/control/rule/type_check.hpp"
#include "core/control/rule/warnings.hpp"

namespace takas::core::control::rule {
namespace {

void collect_fields(const Node& node, std::vector<Field>& fields) {
    if (node.kind == NodeKind::comparison) fields.push_back(node.field);
    for (const Node& child : node.children) collect_fields(child, fields);
}

std::vector<Field> fields_of(const Node& node) {
    std::vector<Field> fields;
    collect_fields(node, fields);
    std::ranges::sort(fields);
    const auto doubles = std::ranges::unique(fields);
    fields.erase(doubles.begin(), doubles.end());
    return fields;
}

/// What is stored is the text: a rule that it does not say must not be stored, or it would be lost with the next start.
/// No way to write one is known; the price is one more reading when a rule is saved.
bool says_the_same(const std::string& text, const Node& tree, Scope scope) {
    const auto written = parse(text);
    if (!written) return false;
    const auto read_again = type_check(*written, scope);
    return read_again && *read_again == tree;
}

}  // namespace

struct Rule::Compiled {
    Node tree;
    std::string text;
    Program program;
    std::vector<Field> fields;
    std::vector<Warning> warnings;
    Scope scope;
};

struct Compiler {
    static Rule make(Node tree, std::string text, Scope scope) {
        Program program(tree);
        auto fields = fields_of(tree);
        auto warnings = warnings_of(tree);
        return Rule(std::make_shared<const Rule::Compiled>(std::move(tree), std::move(text), std::move(program),
                                                           std::move(fields), std::move(warnings), scope));
    }
};

bool Rule::evaluate(const Facts& facts) const noexcept { return compiled_->program.evaluate(facts); }
std::string_view Rule::canonical_text() const { return compiled_->text; }
std::span<const Field> Rule::fields() const { return compiled_->fields; }
const std::vector<Warning>& Rule::warnings() const { return compiled_->warnings; }
const Node& Rule::tree() const { return compiled_->tree; }
Scope Rule::scope() const { return compiled_->scope; }

Checked check(const Written& written, Scope scope) {
    auto tree = type_check(written, scope);
    if (!tree) return {std::nullopt, std::move(tree.error())};
    std::string text = canonical_text(*tree);
    // Terse texts grow: what is stored must be readable again.
    if (const std::size_t size = characters_of(text); size > rule_text_max) return {std::nullopt, {too_long(size)}};
    if (!says_the_same(text, *tree, scope))
        return {std::nullopt,
                {{ErrorCode::rule_syntax,
                  written.position,
                  written.path,
                  {},
                  {},
                  "The rule cannot be kept as a text.",
                  "Kural metin olarak saklanamıyor."}}};
    return {Compiler::make(std::move(*tree), std::move(text), scope), {}};
}

Checked check(std::string_view text, Scope scope) {
    auto written = parse(text);
    if (!written) return {std::nullopt, {std::move(written.error())}};
    return check(*written, scope);
}

Result<Rule> compile(std::string_view text, Scope scope) {
    Checked checked = check(text, scope);
    if (!checked.rule) return std::unexpected(as_error(checked.errors));
    return std::move(*checked.rule);
}

}  // namespace takas::core::control::rule
