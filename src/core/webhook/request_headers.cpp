#include "core/webhook/request_headers.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace takas::core::webhook {
namespace {

constexpr std::array<std::string_view, 16> reserved{"connection",
                                                    "content-encoding",
                                                    "content-length",
                                                    "content-type",
                                                    "date",
                                                    "expect",
                                                    "host",
                                                    "keep-alive",
                                                    "te",
                                                    "trailer",
                                                    "transfer-encoding",
                                                    "upgrade",
                                                    "user-agent",
                                                    "via",
                                                    "accept-encoding",
                                                    "cookie"};

/// Signature and addressing headers, now and in later versions.
constexpr std::array<std::string_view, 3> reserved_prefixes{"webhook-", "x-webhook-", "proxy-"};

bool is_token_character(char c) {
    const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return alphanumeric || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

}  // namespace

bool is_header_name(std::string_view name) {
    return !name.empty() && name.size() <= header_name_length_max && std::ranges::all_of(name, is_token_character);
}

bool is_header_value(std::string_view value) {
    if (value.empty() || value.size() > header_value_length_max || value.front() == ' ' || value.back() == ' ')
        return false;
    return std::ranges::all_of(value, [](char c) { return c >= 0x20 && c < 0x7F; });
}

bool is_reserved_header(std::string_view name) {
    std::string lower(name);
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return std::ranges::find(reserved, lower) != reserved.end() ||
           std::ranges::any_of(reserved_prefixes, [&](std::string_view p) { return lower.starts_with(p); });
}

}  // namespace takas::core::webhook
