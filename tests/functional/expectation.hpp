// What a step expects of an answer's body:
//
//   path = value      the value there is this one (numbers by value: 40 is 40.00)
//   path != value
//   path has text     the text, or the list as JSON text, contains this
//   path exists       path absent
//   path count n      the list has n elements
#pragma once

#include <span>
#include <string_view>

#include "answer.hpp"
#include "script.hpp"

namespace takas::functional {

/// Throws Failure for the first condition that does not hold.
void check_body(const Answer& answer, std::span<const Word> conditions);

/// "200" or "404 CARD:00001", then conditions of check_body. Throws Failure.
void check_answer(const Answer& answer, std::span<const Word> expected);

/// The scalar at `path`, "" when there is none or the body is not JSON.
std::string body_value(const Answer& answer, std::string_view path);

}  // namespace takas::functional
