// What is wrong with a rule, and what is odd about it: where, what was found there and what would have been right, in
// both languages. Values that may be card numbers are named by kind, never repeated.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace takas::core::control::rule {

struct Diagnostic {
    ErrorCode code{};
    std::uint32_t position = 0;         ///< column of the text, from 1; 0 in a query builder's tree
    std::string path;                   ///< place in a query builder's tree: "rules[1].value"; "" in a text
    std::string found;                  ///< as written, shortened
    std::vector<std::string> expected;  ///< what would have been right: "field", "value", ")", "between" ...
    std::string english, turkish;
};

/// Legal, but probably not meant.
struct Warning {
    std::uint32_t position = 0;
    std::string path;
    std::string english, turkish;
};

/// The first of them as a refusal of the request's member at `path`; all of them in its list of fields.
Error as_error(const std::vector<Diagnostic>& errors, std::string_view path = "rule");

/// `text` in quotes, at most 40 octets of it; "a number" alone when it has digits enough to be a card number.
std::string shown(std::string_view text);

/// "Expected a value or '(' but found 'and'."
Diagnostic unexpected_at(std::uint32_t position, std::string_view found, std::vector<std::string> expected);

}  // namespace takas::core::control::rule
