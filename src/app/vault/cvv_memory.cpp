#include "app/vault/cvv_memory.hpp"

#include "crypto/aead.hpp"
#include "crypto/random.hpp"

namespace takas::app::vault {
namespace {

constexpr std::uint32_t key_id = 0;  // there is one, of this process

Bytes place_of(EntityId id) { return crypto::associated_data({"cvv of temp card", std::to_string(id.value)}); }

}  // namespace

CvvMemory::CvvMemory(std::size_t entries_max)
    : key_(crypto::random_secret(crypto::aead_key_bytes)), entries_max_(entries_max) {}

bool CvvMemory::keep(EntityId temp_card_id, std::string_view cvv, Instant expires_at) {
    auto sealed = crypto::seal(key_id, key_, bytes_of(cvv), place_of(temp_card_id));
    if (!sealed) return false;
    const std::lock_guard lock(mutex_);
    if (entries_.size() >= entries_max_) return false;
    entries_.insert_or_assign(temp_card_id, Entry{std::move(*sealed), expires_at});
    return true;
}

std::optional<crypto::SecretBytes> CvvMemory::look(EntityId temp_card_id, Instant now) {
    const std::lock_guard lock(mutex_);
    const auto at = entries_.find(temp_card_id);
    if (at == entries_.end() || now >= at->second.expires_at) return std::nullopt;
    auto cvv = crypto::open(key_, at->second.sealed, place_of(temp_card_id));
    if (!cvv) return std::nullopt;
    return std::move(*cvv);
}

void CvvMemory::forget(EntityId temp_card_id) {
    const std::lock_guard lock(mutex_);
    entries_.erase(temp_card_id);
}

std::size_t CvvMemory::forget_expired(Instant now) {
    const std::lock_guard lock(mutex_);
    return std::erase_if(entries_, [&](const auto& entry) { return now >= entry.second.expires_at; });
}

std::size_t CvvMemory::size() {
    const std::lock_guard lock(mutex_);
    return entries_.size();
}

}  // namespace takas::app::vault
