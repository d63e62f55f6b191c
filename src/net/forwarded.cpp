#include "net/forwarded.hpp"

#include <algorithm>
#include <ranges>

#include "base/address_ranges.hpp"
#include "base/trimmed.hpp"

namespace takas::net {
namespace {

/// Some proxies write the port too: "192.0.2.7:40112", "[2001:db8::9]:40112".
std::string_view without_port(std::string_view entry) {
    if (entry.starts_with('[')) return entry.substr(1, std::max<std::size_t>(entry.find(']'), 1) - 1);
    const auto colon = entry.find(':');
    return colon != std::string_view::npos && colon == entry.rfind(':') ? entry.substr(0, colon) : entry;
}

}  // namespace

std::string client_address(std::string_view peer, std::span<const Header> headers,
                           std::span<const std::string> trusted) {
    std::string_view nearest = peer;
    for (const Header& header : headers | std::views::reverse) {
        if (!equals_ignoring_case(header.name, "x-forwarded-for")) continue;
        std::string_view left = header.value;
        while (true) {
            if (!is_in_ranges(nearest, trusted)) return std::string(nearest);
            const auto comma = left.rfind(',');
            const auto next = without_port(trimmed(comma == std::string_view::npos ? left : left.substr(comma + 1)));
            if (!is_address(next)) return std::string(nearest);
            nearest = next;
            if (comma == std::string_view::npos) break;
            left = left.substr(0, comma);
        }
    }
    return std::string(nearest);
}

}  // namespace takas::net
