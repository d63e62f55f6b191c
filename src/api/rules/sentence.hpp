// A rule in words, for people who do not read expressions.
#pragma once

#include <string>
#include <string_view>

#include "app/context/context.hpp"
#include "core/control/rule/tree.hpp"

namespace takas::api::rules {

std::string sentence_of(const core::control::rule::Node& rule, app::Language language);

std::string_view label_of(const core::control::rule::FieldRow& row, app::Language language);
/// What people read for a value of an enumeration; its name when there is no text.
std::string_view label_of(std::string_view enum_name, std::string_view value, app::Language language);

}  // namespace takas::api::rules
