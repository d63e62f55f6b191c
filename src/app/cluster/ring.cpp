#include "app/cluster/ring.hpp"

#include <algorithm>

namespace takas::app::cluster {
namespace {

/// SplitMix64's finish: the same on every server and in every release, unlike std::hash.
std::uint64_t mixed(std::uint64_t x) {
    x += 0x9E3779B97F4A7C15ULL;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31);
}

std::uint64_t point_of(std::int64_t node, int number) {
    constexpr std::uint64_t salt = 0x5461'6B61'735FULL;  // points and accounts must not fall together
    return mixed(mixed(static_cast<std::uint64_t>(node) ^ salt) + static_cast<std::uint64_t>(number));
}

}  // namespace

Ring::Ring(std::span<const std::int64_t> nodes) {
    points_.reserve(nodes.size() * points_per_node);
    for (const std::int64_t node : nodes)
        for (int i = 0; i < points_per_node; ++i) points_.push_back({point_of(node, i), node});
    std::ranges::sort(points_, {}, &Point::at);
}

std::optional<std::int64_t> Ring::owner_of(AccountId account_id) const {
    if (points_.empty()) return std::nullopt;
    const auto at =
        std::ranges::lower_bound(points_, mixed(static_cast<std::uint64_t>(account_id.value)), {}, &Point::at);
    return at == points_.end() ? points_.front().node : at->node;
}

}  // namespace takas::app::cluster
