#include "net/http_message.hpp"

#include <algorithm>

namespace takas::net {
namespace {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_token_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").contains(c);
}

}  // namespace

bool equals_ignoring_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

bool is_safe_header(std::string_view name, std::string_view value) {
    return !name.empty() && std::ranges::all_of(name, is_token_char) && std::ranges::none_of(value, [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
    });
}

std::string_view HttpRequest::header(std::string_view name) const {
    for (const Header& h : headers)
        if (equals_ignoring_case(h.name, name)) return h.value;
    return {};
}

}  // namespace takas::net
