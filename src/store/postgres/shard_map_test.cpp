#include "store/postgres/shard_map.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <set>

namespace takas::store::postgres {
namespace {

// SELECT i, hashint8(i) on PostgreSQL 15.20; Citus 13.2.2 puts each of them into the shard of that hash
// (get_shard_id_for_distribution_column).
TEST(shard_map, hashes_as_postgresql_does) {
    using Limits = std::numeric_limits<std::int64_t>;
    EXPECT_EQ(hash_int8(0), -272711505);
    EXPECT_EQ(hash_int8(1), -1905060026);
    EXPECT_EQ(hash_int8(-1), 385747274);
    EXPECT_EQ(hash_int8(2), 1134484726);
    EXPECT_EQ(hash_int8(1001), 956988848);
    EXPECT_EQ(hash_int8(4294967295), 385747274);
    EXPECT_EQ(hash_int8(4294967296), -1905060026);
    EXPECT_EQ(hash_int8(-4294967296), -272711505);
    EXPECT_EQ(hash_int8(1234567890123), 952082253);
    EXPECT_EQ(hash_int8(-1234567890123), -1005977386);
    EXPECT_EQ(hash_int8(9007199254740991), 2016522077);
    EXPECT_EQ(hash_int8(Limits::max()), -1524351049);
    EXPECT_EQ(hash_int8(Limits::min()), -96758253);
}

/// As Citus makes them: equal ranges, the workers in turn.
std::vector<Shard> equal_shards(std::int64_t count, std::int64_t workers) {
    std::vector<Shard> shards;
    for (std::int64_t i = 0; i < count; ++i)
        shards.push_back({static_cast<std::int32_t>(std::numeric_limits<std::int32_t>::min() + i * (1LL << 32) / count),
                          1 + i % workers});
    return shards;
}

TEST(shard_map, a_lane_stays_on_one_worker) {
    constexpr std::int64_t workers = 3;
    const auto shards = equal_shards(32, workers);
    const ShardMap map(shards);
    ASSERT_EQ(map.worker_count(), 3U);
    for (const std::uint64_t lanes : {3U, 6U, 12U}) {
        std::vector<std::set<std::int64_t>> workers_of_lane(lanes);
        for (std::int64_t id = 1; id < 20'000; ++id) {
            std::int64_t worker = 0;
            for (const Shard& shard : shards)
                if (shard.first_hash <= hash_int8(id)) worker = shard.worker_group;
            workers_of_lane[map.placement_of(AccountId{id}) % lanes].insert(worker);
        }
        for (const auto& found : workers_of_lane) EXPECT_EQ(found.size(), 1U) << lanes << " lanes, none idle";
    }
}

TEST(shard_map, takes_each_hash_to_its_shard) {
    // Out of order, and numbers of workers with gaps: a worker that left took its number with it.
    const ShardMap map({{0, 7}, {std::numeric_limits<std::int32_t>::min(), 2}, {956988848, 2}});
    EXPECT_EQ(map.placement_of(AccountId{0}), 0U) << "worker 0 of 2, its first shard";
    EXPECT_EQ(map.placement_of(AccountId{-1}), 1U) << "worker 1 of 2, its first shard";
    EXPECT_EQ(map.placement_of(AccountId{1001}), 2U) << "the first hash of worker 0's second shard";
    EXPECT_EQ(map.placement_of(AccountId{1234567890123}), 1U) << "just below it";
    EXPECT_EQ(ShardMap().placement_of(AccountId{1}), 0U);
}

}  // namespace
}  // namespace takas::store::postgres
