// See shard_map.hpp.
#include "store/postgres/shard_map.hpp"

#include <algorithm>
#include <bit>
#include <map>

namespace takas::store::postgres {
namespace {

/// Bob Jenkins's final mix, as hash_bytes_uint32() uses it.
std::uint32_t hash_uint32(std::uint32_t key) {
    constexpr std::uint32_t start = 0x9E3779B9U + sizeof(std::uint32_t) + 3923095U;
    std::uint32_t a = start + key, b = start, c = start;
    c ^= b, c -= std::rotl(b, 14);
    a ^= c, a -= std::rotl(c, 11);
    b ^= a, b -= std::rotl(a, 25);
    c ^= b, c -= std::rotl(b, 16);
    a ^= c, a -= std::rotl(c, 4);
    b ^= a, b -= std::rotl(a, 14);
    c ^= b, c -= std::rotl(b, 24);
    return c;
}

}  // namespace

std::int32_t hash_int8(std::int64_t value) {
    const auto bits = static_cast<std::uint64_t>(value);
    const auto high = static_cast<std::uint32_t>(bits >> 32U);
    // So that a number that fits into 32 bits has the hash of that smaller type.
    const std::uint32_t folded = static_cast<std::uint32_t>(bits) ^ (value >= 0 ? high : ~high);
    return static_cast<std::int32_t>(hash_uint32(folded));
}

ShardMap::ShardMap(std::vector<Shard> shards) {
    std::ranges::sort(shards, {}, &Shard::first_hash);
    struct Worker {
        std::uint64_t index = 0, shards_seen = 0;
    };
    std::map<std::int64_t, Worker> workers;
    for (const Shard& shard : shards) workers[shard.worker_group];
    for (auto& [group, worker] : workers) worker.index = worker_count_++;
    for (const Shard& shard : shards) {
        Worker& worker = workers[shard.worker_group];
        first_hashes_.push_back(shard.first_hash);
        placements_.push_back(worker.index + worker_count_ * worker.shards_seen++);
    }
}

std::uint64_t ShardMap::placement_of(AccountId account_id) const {
    const auto next = std::ranges::upper_bound(first_hashes_, hash_int8(account_id.value));
    if (next == first_hashes_.begin()) return 0;
    return placements_[static_cast<std::size_t>(next - first_hashes_.begin() - 1)];
}

}  // namespace takas::store::postgres
