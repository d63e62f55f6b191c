#include "app/vault/forward_checks.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "app/vault/merchants.hpp"
#include "base/trimmed.hpp"

namespace takas::app::vault {
namespace {

constexpr std::array<std::string_view, 15> own_headers{
    "host",       "content-length", "content-type",    "content-encoding",  "connection",
    "user-agent", "expect",         "accept-encoding", "transfer-encoding", "upgrade",
    "te",         "trailer",        "keep-alive",      "proxy-connection",  "proxy-authorization"};

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

/// Path and query (RFC 3986, 3.3 and 3.4).
bool is_target(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '%') {
            if (at + 2 >= text.size() || !is_hex(text[at + 1]) || !is_hex(text[at + 2])) return false;
            at += 2;
        } else if (!is_letter_or_digit(text[at]) && !std::string_view("-._~!$&'()*+,;=:@/?").contains(text[at])) {
            return false;
        }
    }
    return true;
}

/// The ports below belong to mail, files and databases.
bool is_port(std::string_view text) {
    constexpr unsigned usual = 443, free_first = 1024, last = 65'535;
    unsigned port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    const bool is_number = error == std::errc() && end == text.data() + text.size() && !text.starts_with('0');
    return is_number && (port == usual || (port >= free_first && port <= last));
}

bool is_header_name(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return is_letter_or_digit(c) || std::string_view("!#$%&'*+-.^_`|~").contains(c);
    });
}

bool is_header_value(std::string_view value) {
    return !value.contains("{{") &&
           std::ranges::all_of(value, [](char c) { return static_cast<unsigned char>(c) >= ' ' && c != 0x7f; });
}

}  // namespace

Result<std::string> check_forward_url(std::string_view url, std::span<const std::string> hosts) {
    constexpr std::string_view scheme = "https://";
    constexpr std::size_t url_octets_max = 2'048;
    const auto refuse = [](std::string why) { return fail(ErrorCode::vault_host_refused, std::move(why)); };
    if (url.size() > url_octets_max) return refuse("too long");
    if (!url.starts_with(scheme)) return refuse("no https");
    const std::string_view rest = url.substr(scheme.size());
    const std::size_t end = std::min(rest.find_first_of("/?#\\"), rest.size());
    const std::string_view authority = rest.substr(0, end);
    if (authority.contains('@')) return refuse("a user in the URL");
    const std::size_t colon = std::min(authority.find(':'), authority.size());
    std::string host = lower(authority.substr(0, colon));
    if (!is_dns_name(host) || std::ranges::find(hosts, host) == hosts.end()) return refuse("the host is not allowed");
    if (colon < authority.size() && !is_port(authority.substr(colon + 1))) return refuse("the port is not allowed");
    if (!is_target(rest.substr(end))) return refuse("a fragment, a placeholder or a character that no URL has");
    return host;
}

Result<void> check_forward_headers(const ForwardHeaders& headers) {
    for (const auto& [name, value] : headers)
        if (!is_header_name(name) || !is_header_value(value) ||
            std::ranges::find(own_headers, lower(name)) != own_headers.end())
            return fail_field("Headers", "A header is not allowed.", "Bir başlığa izin verilmiyor.");
    return {};
}

Result<ForwardType> check_forward_type(std::string_view content_type) {
    const std::size_t semicolon = std::min(content_type.find(';'), content_type.size());
    const std::string type = lower(trimmed(content_type.substr(0, semicolon)));
    const bool has_parameter = semicolon < content_type.size();
    const std::string parameter = has_parameter ? lower(trimmed(content_type.substr(semicolon + 1))) : std::string();
    const bool is_utf8 = parameter == "charset=utf-8" || parameter == "charset=\"utf-8\"";
    if (!has_parameter || is_utf8) {
        if (type == "application/json")
            return ForwardType{BodyForm::json, is_utf8 ? "application/json; charset=utf-8" : "application/json"};
        if (type == "application/x-www-form-urlencoded")
            return ForwardType{BodyForm::form, is_utf8 ? "application/x-www-form-urlencoded; charset=utf-8"
                                                       : "application/x-www-form-urlencoded"};
    }
    return fail_field("ContentType", "application/json or application/x-www-form-urlencoded is needed, in UTF-8.",
                      "UTF-8 olarak application/json veya application/x-www-form-urlencoded olmalı.");
}

}  // namespace takas::app::vault
