#include "hsm/soft/key_cache.hpp"

#include <algorithm>

#include "hsm/engine/key_vault.hpp"

namespace takas::hsm::soft {

using core::key::PaymentKey;

KeyCache::KeyCache(std::size_t max_count)
    : arena_(std::make_shared<LockedArena>(max_count)),
      max_count_in_shard_(std::max<std::size_t>(max_count / shard_count, 1)) {}

OpenKey KeyCache::find(const PaymentKey& key) {
    Shard& shard = shard_of(key.id);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.entries.find(key.id);
    if (found == shard.entries.end()) return nullptr;
    const Entry& entry = found->second;
    return says_the_same(entry.record, key) ? entry.open : nullptr;
}

OpenKey KeyCache::keep(const PaymentKey& key, crypto::SecretBytes clear) {
    OpenKey open;
    Shard& shard = shard_of(key.id);
    const std::lock_guard lock(shard.mutex);
    if (const auto old = shard.entries.find(key.id); old != shard.entries.end()) {
        shard.by_age.erase(old->second.age);
        shard.entries.erase(old);
    }
    if (shard.entries.size() >= max_count_in_shard_) {
        shard.entries.erase(shard.by_age.front());
        shard.by_age.pop_front();
    }
    open = SlotKey::make(arena_, clear.reveal());
    if (!open) return std::make_shared<const HeapKey>(std::move(clear));
    shard.by_age.push_back(key.id);
    shard.entries.emplace(key.id, Entry{key, open, std::prev(shard.by_age.end())});
    return open;
}

void KeyCache::remove(EntityId id) {
    Shard& shard = shard_of(id);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.entries.find(id);
    if (found == shard.entries.end()) return;
    shard.by_age.erase(found->second.age);
    shard.entries.erase(found);
}

void KeyCache::clear() {
    for (Shard& shard : shards_) {
        const std::lock_guard lock(shard.mutex);
        shard.entries.clear();
        shard.by_age.clear();
    }
}

}  // namespace takas::hsm::soft
