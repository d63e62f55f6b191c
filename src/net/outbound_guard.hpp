// Where Takas may connect to when a customer chooses the address (webhooks): public Internet addresses only, so that
// nobody reaches our own network through us (SSRF, CWE-918). Pure functions: no resolving, no sockets. The names are
// checked at registration, the resolved addresses again at every connection.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace takas::net {

/// An address in network byte order: 4 or 16 bytes.
struct IpAddress {
    std::array<std::uint8_t, 16> bytes{};
    std::uint8_t size = 0;
    std::span<const std::uint8_t> view() const { return {bytes.data(), size}; }
};

enum class AddressKind : std::uint8_t {
    public_internet,
    loopback,  ///< 127.0.0.0/8 and ::1
    refused,   ///< every other special range of the IANA registries, IPv4 hidden in IPv6 included
};

AddressKind classify_address(const IpAddress& address);
inline bool is_public_address(const IpAddress& address) {
    return classify_address(address) == AddressKind::public_internet;
}

/// "192.0.2.1" or "2001:db8::1" in their standard forms; nothing for anything else.
std::optional<IpAddress> parse_address(std::string_view text);

/// A checked URL, ready to be dialled.
struct OutboundUrl {
    bool tls = true;
    std::string host;       ///< lower case, no brackets: for resolving, SNI and certificate check
    std::string authority;  ///< for the Host header
    std::uint16_t port = 443;
    std::string target;                ///< path and query
    std::optional<IpAddress> literal;  ///< set when the host is an address
};

inline constexpr std::size_t outbound_url_length_max = 2048;  // what browsers, proxies and log lines still carry

/// https to a public host. `allow_loopback` (demo tenants) adds loopback hosts, there also by plain http.
/// Refusals are ErrorCode::webhook_url_refused; the detail names the rule.
Result<OutboundUrl> check_url(std::string_view url, bool allow_loopback);

/// The second check, at dialling time. Plain http goes to loopback only, whatever the name resolved to.
bool may_dial(const OutboundUrl& url, const IpAddress& address, bool allow_loopback);

}  // namespace takas::net
