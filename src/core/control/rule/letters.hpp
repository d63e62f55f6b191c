// ASCII letters in either case: names and key words of the rule language are nothing else.
#pragma once

#include <algorithm>
#include <string_view>

namespace takas::core::control::rule {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
/// Never part of a text: neither of one in quotes nor of one from a tree.
constexpr bool is_control_character(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }
constexpr bool is_word_begin(char c) { return (lower(c) >= 'a' && lower(c) <= 'z') || c == '_'; }
constexpr bool is_word(char c) { return is_word_begin(c) || is_digit(c); }

constexpr bool equal_in_any_case(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace takas::core::control::rule
