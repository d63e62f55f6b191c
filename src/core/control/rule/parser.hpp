// The grammar of rule texts (contract 3.1; docs/rule_language.md). Knows no field: names and values are looked at by
// type_check.
#pragma once

#include <expected>
#include <string_view>

#include "core/control/rule/diagnostic.hpp"
#include "core/control/rule/tree.hpp"

namespace takas::core::control::rule {

/// Stops at the first mistake: rule_syntax or rule_too_large.
std::expected<Written, Diagnostic> parse(std::string_view text);

/// Characters of a UTF-8 text.
std::size_t characters_of(std::string_view text);

Diagnostic too_long(std::size_t characters, std::size_t most = rule_text_max);
Diagnostic too_deep(std::uint32_t position);
Diagnostic too_many_values(std::uint32_t position);

}  // namespace takas::core::control::rule
