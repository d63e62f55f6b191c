// Rules as users send them: expression text, or the JSON tree that query builders make (contract 3.1). Every door and
// use case reads the member `rule` through here; what is stored is the rule's canonical text.
//
//   {"condition":"AND","not":false,"rules":[
//     {"field":"mcc","operator":"in","value":[5411,5412]},
//     {"condition":"OR","rules":[{"field":"isOnus","operator":"=","value":true}, ...]}]}
//
// Other members (ids, labels, types) are ignored: builders add their own.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/control/rule/rule.hpp"

namespace takas::protocol::query_builder {

/// Characters of a JSON tree. It is wordier than the text it becomes, which is bounded by rule_text_max.
inline constexpr std::size_t query_builder_text_max = 16'000;

/// A rule in either spelling: JSON when it begins with '{'. Mistakes in a tree have a path instead of a position.
core::control::rule::Checked check(std::string_view rule, core::control::rule::Scope scope);

/// As `check`; all that is wrong with it as one error about the request's member at `path`.
Result<core::control::rule::Rule> compile(std::string_view rule, core::control::rule::Scope scope,
                                          std::string_view path = "rule");

/// The rule as a tree for a query builder; nothing when its groups lie deeper within one another than a tree may.
std::optional<std::string> to_json(const core::control::rule::Rule& rule);

}  // namespace takas::protocol::query_builder
