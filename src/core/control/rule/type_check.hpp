// From what was written to what is meant: finds fields and operators, reads values as the field's type, opens groups
// inside groups of the same kind. Tells all mistakes at once.
#pragma once

#include <expected>
#include <vector>

#include "core/control/rule/diagnostic.hpp"
#include "core/control/rule/tree.hpp"

namespace takas::core::control::rule {

/// How many mistakes are told.
inline constexpr std::size_t diagnostics_max = 20;

/// Errors: rule_field_unknown, rule_field_not_in_scope, rule_type_mismatch, rule_syntax (a group without rules),
/// rule_too_large.
std::expected<Node, std::vector<Diagnostic>> type_check(const Written& written, Scope scope);

}  // namespace takas::core::control::rule
