#include "base/address_ranges.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

namespace takas {
namespace {

constexpr int ipv4_bits = 32, ipv6_bits = 128;
constexpr std::array<std::uint8_t, 12> ipv4_inside{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

struct Address {
    std::array<std::uint8_t, 16> octets{};
    int bits = 0;
};

std::optional<Address> parse(std::string_view text) {
    constexpr std::size_t longest = 45;
    if (text.empty() || text.size() > longest) return std::nullopt;
    const std::string terminated(text);
    Address address;
    if (::inet_pton(AF_INET, terminated.c_str(), address.octets.data()) == 1) {
        address.bits = ipv4_bits;
        return address;
    }
    if (::inet_pton(AF_INET6, terminated.c_str(), address.octets.data()) != 1) return std::nullopt;
    address.bits = ipv6_bits;
    if (!std::ranges::equal(std::span(address.octets).first(ipv4_inside.size()), ipv4_inside)) return address;
    Address inside;
    inside.bits = ipv4_bits;
    std::ranges::copy(std::span(address.octets).subspan(ipv4_inside.size()), inside.octets.begin());
    return inside;
}

struct Range {
    Address first;
    int prefix = 0;
};

std::optional<Range> parse_range(std::string_view text) {
    const auto slash = std::min(text.find('/'), text.size());
    const auto first = parse(text.substr(0, slash));
    if (!first) return std::nullopt;
    if (slash == text.size()) return Range{*first, first->bits};
    const std::string_view digits = text.substr(slash + 1);
    int prefix = -1;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
    const bool is_number = error == std::errc{} && end == digits.data() + digits.size() && !digits.empty();
    // /0 would allow everybody: an empty list says that aloud.
    if (!is_number || prefix < 1 || prefix > first->bits) return std::nullopt;
    return Range{*first, prefix};
}

bool contains(const Range& range, const Address& address) {
    if (range.first.bits != address.bits) return false;
    for (int bit = 0; bit < range.prefix; ++bit) {
        const auto octet = static_cast<std::size_t>(bit / 8);
        const int mask = 0x80 >> (bit % 8);
        if ((range.first.octets[octet] & mask) != (address.octets[octet] & mask)) return false;
    }
    return true;
}

}  // namespace

bool is_address(std::string_view text) { return parse(text).has_value(); }

bool is_address_range(std::string_view text) { return parse_range(text).has_value(); }

std::string network_of(std::string_view address) {
    auto parsed = parse(address);
    if (!parsed) return std::string(address);
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (parsed->bits == ipv4_bits) return ::inet_ntop(AF_INET, parsed->octets.data(), text.data(), text.size());
    constexpr std::size_t network_octets = 8;
    std::ranges::fill(std::span(parsed->octets).subspan(network_octets), std::uint8_t{0});
    return std::string(::inet_ntop(AF_INET6, parsed->octets.data(), text.data(), text.size())) + "/64";
}

bool is_in_ranges(std::string_view address, std::span<const std::string> ranges) {
    const auto parsed = parse(address);
    if (!parsed) return false;
    return std::ranges::any_of(ranges, [&](const std::string& text) {
        const auto range = parse_range(text);
        return range && contains(*range, *parsed);
    });
}

}  // namespace takas
