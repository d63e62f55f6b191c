// Working keys that were opened once, in locked memory, so that an authorization does not unwrap a key block. Bounded:
// when it is full, what was opened longest ago goes. A hit counts only for the very same key block.
#pragma once

#include <array>
#include <cstdint>
#include <list>
#include <mutex>
#include <unordered_map>

#include "core/key/payment_key.hpp"
#include "hsm/engine/locked_memory.hpp"

namespace takas::hsm::soft {

class KeyCache {
  public:
    /// `max_count` keys at most.
    explicit KeyCache(std::size_t max_count);

    /// nullptr when the key is not here, or its record has another key block or other bound columns than when it came.
    OpenKey find(const core::key::PaymentKey& key);
    /// Keeps a copy in locked memory and gives it; a heap copy when there is no room for one.
    OpenKey keep(const core::key::PaymentKey& key, crypto::SecretBytes clear);
    void remove(EntityId id);
    void clear();
    bool is_locked() const { return arena_->is_locked(); }

  private:
    struct Entry {
        core::key::PaymentKey record;
        OpenKey open;
        std::list<EntityId>::iterator age;
    };
    /// Threads that use different keys do not wait for one another.
    struct Shard {
        std::mutex mutex;
        std::unordered_map<EntityId, Entry> entries;
        std::list<EntityId> by_age;  ///< oldest first
    };
    static constexpr std::size_t shard_count = 16;
    Shard& shard_of(EntityId id) { return shards_[std::hash<EntityId>{}(id) >> 32 & (shard_count - 1)]; }

    std::shared_ptr<LockedArena> arena_;
    std::size_t max_count_in_shard_;
    std::array<Shard, shard_count> shards_;
};

}  // namespace takas::hsm::soft
