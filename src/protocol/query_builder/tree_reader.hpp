// A query builder's JSON as a written tree. Looks at shape only: fields, operators' operands and values are the type
// check's. Private to this room.
#pragma once

#include <expected>

#include "core/control/rule/diagnostic.hpp"
#include "core/control/rule/tree.hpp"
#include "protocol/json/value.hpp"

namespace takas::protocol::query_builder {

/// Stops at the first mistake: rule_syntax or rule_too_large, with the path of the place.
std::expected<core::control::rule::Written, core::control::rule::Diagnostic> read_tree(json::Value root);

}  // namespace takas::protocol::query_builder
