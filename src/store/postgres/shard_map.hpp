// Which worker of a Citus database holds an account, without asking: Citus hashes the distribution column with
// PostgreSQL's own hashint8 and cuts the range of the hash into shards.
#pragma once

#include <cstdint>
#include <vector>

#include "base/strong_id.hpp"

namespace takas::store::postgres {

/// PostgreSQL's hashint8 (access/hash/hashfunc.c, common/hashfn.c): the same on every platform, on-disk hash indexes
/// and partitions depend on it.
std::int32_t hash_int8(std::int64_t value);

struct Shard {
    std::int32_t first_hash = 0;
    std::int64_t worker_group = 0;  ///< Citus's own number of the worker
};

class ShardMap {
  public:
    ShardMap() = default;
    /// All shards of one table. Each reaches to the next one's first hash.
    explicit ShardMap(std::vector<Shard> shards);

    /// worker + worker count * (which of the worker's shards): modulo any multiple of the worker count, the accounts of
    /// one remainder are all on one worker.
    std::uint64_t placement_of(AccountId account_id) const;
    std::size_t worker_count() const { return worker_count_; }
    bool operator==(const ShardMap&) const = default;

  private:
    std::vector<std::int32_t> first_hashes_;  ///< rising
    std::vector<std::uint64_t> placements_;
    std::size_t worker_count_ = 0;
};

}  // namespace takas::store::postgres
