#include "net/outbound_guard.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <cstdlib>

namespace takas::net {
namespace {

namespace urls = boost::urls;

struct Range {
    std::array<std::uint8_t, 16> prefix;
    unsigned bits;
};

// IANA IPv4 Special-Purpose Address Registry, without loopback.
constexpr Range ipv4_refused[] = {
    {{0}, 8},              // "this network"
    {{10}, 8},             // private
    {{100, 64}, 10},       // carrier-grade NAT
    {{169, 254}, 16},      // link-local, cloud metadata
    {{172, 16}, 12},       // private
    {{192, 0, 0}, 24},     // IETF protocol assignments
    {{192, 0, 2}, 24},     // documentation
    {{192, 31, 196}, 24},  // AS112
    {{192, 52, 193}, 24},  // AMT
    {{192, 88, 99}, 24},   // 6to4 relay
    {{192, 168}, 16},      // private
    {{192, 175, 48}, 24},  // AS112
    {{198, 18}, 15},       // benchmarking
    {{198, 51, 100}, 24},  // documentation
    {{203, 0, 113}, 24},   // documentation
    {{224}, 3},            // multicast, reserved, broadcast
};

// Only 2000::/3 is given out to the public at all; these parts of it are not, or hide an IPv4 address.
constexpr Range ipv6_global = {{0x20}, 3};
constexpr Range ipv6_refused[] = {
    {{0x20, 0x01}, 23},                 // IETF protocol assignments: Teredo, benchmarking, ORCHID
    {{0x20, 0x01, 0x0d, 0xb8}, 32},     // documentation
    {{0x20, 0x02}, 16},                 // 6to4
    {{0x26, 0x20, 0, 0x4f, 0x80}, 48},  // AS112
    {{0x3f, 0xff}, 20},                 // documentation
};

constexpr bool contains(const Range& range, std::span<const std::uint8_t> address) {
    for (unsigned bit = 0; bit < range.bits; ++bit) {
        const unsigned mask = 0x80U >> (bit % 8);
        if ((range.prefix[bit / 8] & mask) != (address[bit / 8] & mask)) return false;
    }
    return true;
}

std::unexpected<Error> refused(std::string_view rule) {
    return fail(ErrorCode::webhook_url_refused, std::string(rule));
}

bool is_loopback_name(std::string_view host) { return host == "localhost" || host.ends_with(".localhost"); }

/// Names that only mean something inside a network.
bool is_internal_name(std::string_view host) {
    static constexpr std::string_view zones[] = {"local",   "internal",  "intranet",    "lan",   "home", "corp",
                                                 "private", "home.arpa", "localdomain", "onion", "test", "invalid"};
    return !host.contains('.') || std::ranges::any_of(zones, [host](std::string_view zone) {
        return host.ends_with(zone) && host[host.size() - zone.size() - 1] == '.';
    });
}

/// "0177.0.0.1", "0x7f.1", "2130706433": resolvers read these as addresses (WHATWG URL: a host that ends in a number).
bool ends_in_number(std::string_view host) {
    const std::string_view last = host.substr(host.rfind('.') + 1);
    if (last.starts_with("0x")) return true;
    return !last.empty() && std::ranges::all_of(last, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_dns_name(std::string_view host) {
    if (host.empty() || host.size() > 253 || host.front() == '-') return false;
    std::size_t label = 0;
    for (char c : host) {
        const bool letter_or_digit = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (c == '.' ? label == 0 : !letter_or_digit && c != '-' && c != '_') return false;
        label = c == '.' ? 0 : label + 1;
        if (label > 63) return false;
    }
    return label > 0;
}

/// The rules for one port: its own default or above the ones where mail, files and databases listen.
bool is_sane_port(std::uint16_t port, bool tls, bool loopback) {
    if (port == 0) return false;
    return loopback || port == (tls ? 443 : 80) || port >= 1024;
}

struct HostCheck {
    bool loopback = false;
    std::optional<IpAddress> literal;
};

Result<HostCheck> check_host(std::string_view host, bool allow_loopback) {
    HostCheck checked{.literal = parse_address(host)};
    if (checked.literal) {
        const AddressKind kind = classify_address(*checked.literal);
        checked.loopback = kind == AddressKind::loopback;
        if (kind == AddressKind::refused || (checked.loopback && !allow_loopback)) return refused("address not public");
        return checked;
    }
    if (ends_in_number(host)) return refused("unusual spelling of an address");
    if (!is_dns_name(host)) return refused("host name");
    checked.loopback = is_loopback_name(host);
    if (checked.loopback ? !allow_loopback : is_internal_name(host)) return refused("internal host name");
    return checked;
}

}  // namespace

AddressKind classify_address(const IpAddress& address) {
    const auto bytes = address.view();
    const auto holds = [bytes](const Range& range) { return contains(range, bytes); };
    if (bytes.size() == 4) {
        if (bytes[0] == 127) return AddressKind::loopback;
        return std::ranges::any_of(ipv4_refused, holds) ? AddressKind::refused : AddressKind::public_internet;
    }
    if (bytes.size() != 16) return AddressKind::refused;
    if (bytes[15] == 1 && std::ranges::all_of(bytes.first(15), [](auto b) { return b == 0; }))
        return AddressKind::loopback;
    if (!holds(ipv6_global) || std::ranges::any_of(ipv6_refused, holds)) return AddressKind::refused;
    return AddressKind::public_internet;
}

std::optional<IpAddress> parse_address(std::string_view text) {
    if (text.size() > 45 || text.contains('%')) return std::nullopt;  // a zone names one of our own interfaces
    boost::system::error_code ec;
    const auto parsed = boost::asio::ip::make_address(std::string(text), ec);
    if (ec) return std::nullopt;
    IpAddress address;
    if (parsed.is_v4()) {
        std::ranges::copy(parsed.to_v4().to_bytes(), address.bytes.begin());
        address.size = 4;
    } else {
        std::ranges::copy(parsed.to_v6().to_bytes(), address.bytes.begin());
        address.size = 16;
    }
    return address;
}

Result<OutboundUrl> check_url(std::string_view text, bool allow_loopback) {
    if (text.size() > outbound_url_length_max) return refused("too long");
    const auto parsed = urls::parse_uri({text.data(), text.size()});
    if (!parsed) return refused("not a URL");
    const urls::url_view& url = *parsed;
    const bool tls = url.scheme_id() == urls::scheme::https;
    if (!tls && url.scheme_id() != urls::scheme::http) return refused("scheme");
    if (url.has_userinfo()) return refused("user information");
    if (url.has_fragment()) return refused("fragment");
    // Boost.URL 1.81 takes "1.2.3.4.example.com" for the host 1.2.3.4 with a path behind it.
    if (!url.encoded_path().empty() && url.encoded_path().front() != '/') return refused("host name");
    const bool ipv6 = url.host_type() == urls::host_type::ipv6;
    if (url.host_type() == urls::host_type::ipvfuture || url.host_type() == urls::host_type::none)
        return refused("no host");

    OutboundUrl out;
    out.tls = tls;
    const auto encoded = url.encoded_host();
    out.host.assign(encoded.data(), encoded.size());
    if (out.host.contains('%')) return refused("encoded host");
    if (ipv6) out.host = out.host.substr(1, out.host.size() - 2);
    std::ranges::transform(out.host, out.host.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (out.host.ends_with('.')) out.host.pop_back();
    const auto host = check_host(out.host, allow_loopback);
    if (!host) return std::unexpected(host.error());
    if (!tls && !host->loopback) return refused("scheme");

    out.port = tls ? 443 : 80;
    if (url.has_port()) {
        // port_number() wraps above 65535.
        const std::string port(url.port());
        if (port.size() > 5 || std::atoi(port.c_str()) > 65'535) return refused("port");
        out.port = url.port_number();
    }
    if (!is_sane_port(out.port, tls, host->loopback)) return refused("port");
    out.literal = host->literal;
    out.authority = ipv6 ? "[" + out.host + "]" : out.host;
    if (out.port != (tls ? 443 : 80)) out.authority += ":" + std::to_string(out.port);
    const auto path = url.encoded_path();
    out.target = path.empty() ? std::string("/") : std::string(path.data(), path.size());
    if (url.has_query()) out.target.append("?").append(url.encoded_query().data(), url.encoded_query().size());
    return out;
}

bool may_dial(const OutboundUrl& url, const IpAddress& address, bool allow_loopback) {
    const AddressKind kind = classify_address(address);
    if (kind == AddressKind::loopback) return allow_loopback;
    return kind == AddressKind::public_internet && url.tls;
}

}  // namespace takas::net
