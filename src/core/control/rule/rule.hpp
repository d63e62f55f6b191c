// The rule language: an institution's own conditions on transactions, cards and customers (contract 3;
// docs/rule_language.md). A rule is compiled once, when it is saved or loaded, and evaluated many times. The query
// builder's JSON spelling comes in through protocol/query_builder, which answers the same.
//
//   const auto rule = compile(R"(mcc in (5411, 5412) && transactionAmount > 500)", Scope::transaction);
//   Facts facts;
//   facts[Field::mcc] = Value::integer(5411);
//   facts[Field::transaction_amount] = Value::amount(60000, 2);  // 600.00
//   if (rule->evaluate(facts)) ...
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/control/rule/diagnostic.hpp"
#include "core/control/rule/field.hpp"
#include "core/control/rule/tree.hpp"
#include "core/control/rule/value.hpp"

namespace takas::core::control::rule {

/// Immutable; a copy is a reference to the same. May be evaluated by any number of threads at once.
class Rule {
  public:
    bool evaluate(const Facts& facts) const noexcept;
    /// The one spelling of the rule: what is stored. Compiling it gives an equal rule.
    std::string_view canonical_text() const;
    /// What the rule reads, in enum order, each once.
    std::span<const Field> fields() const;
    /// What is legal, but probably not meant.
    const std::vector<Warning>& warnings() const;
    const Node& tree() const;
    Scope scope() const;

  private:
    struct Compiled;
    friend struct Compiler;
    explicit Rule(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
    std::shared_ptr<const Compiled> compiled_;
};

/// A rule, or everything that is wrong with it.
struct Checked {
    std::optional<Rule> rule;
    std::vector<Diagnostic> errors;
};

/// `text` is UTF-8. A mistake of grammar ends the search; of other mistakes all are told (diagnostics_max).
Checked check(std::string_view text, Scope scope);
Checked check(const Written& written, Scope scope);

/// Errors: rule_syntax, rule_field_unknown, rule_type_mismatch, rule_too_large, rule_field_not_in_scope; the fields of
/// the error say where and why (as_error).
Result<Rule> compile(std::string_view text, Scope scope);

}  // namespace takas::core::control::rule
