#include "net/forwarded.hpp"

#include <ranges>

#include "base/address_ranges.hpp"

namespace takas::net {
namespace {

constexpr std::string_view blanks = " \t";

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
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
            const auto next = trimmed(comma == std::string_view::npos ? left : left.substr(comma + 1));
            if (!is_address(next)) return std::string(nearest);
            nearest = next;
            if (comma == std::string_view::npos) break;
            left = left.substr(0, comma);
        }
    }
    return std::string(nearest);
}

}  // namespace takas::net
