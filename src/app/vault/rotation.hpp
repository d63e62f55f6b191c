// Data keys of a merchant over time: a new one is active at once, cards under older ones are sealed anew in the
// background, and a key that no card needs is destroyed. Cards are only ever written under the active key, so the
// number of those under an older one only sinks.
#pragma once

#include <atomic>
#include <vector>

#include "app/context/context.hpp"
#include "app/vault/vault.hpp"

namespace takas::app::vault {

struct KeyStatus {
    VaultKey key;            ///< without the wrapped key
    EntityId kek_id;         ///< what it is wrapped under besides the keyring; 0: nothing
    std::int64_t cards = 0;  ///< that are under it, counted up to `counted_cards_max`
};
inline constexpr std::int64_t counted_cards_max = 1'000'000;

/// Fills context.unit. Errors: vault_merchant_not_found (also erased), concurrent_change by the commit.
Result<VaultKey> rotate_data_key(Context& context, EntityId merchant_id);
Result<std::vector<KeyStatus>> list_keys(ports::Store& store, EntityId merchant_id);

struct UpkeepOptions {
    std::int64_t page_size = 500;  ///< cards in one commit: about 0.3 MB
    std::int64_t pause_ms = 0;     ///< after each page
    const std::atomic<bool>* is_ending = nullptr;
};
struct UpkeepOutcome {
    std::int64_t resealed = 0, erased = 0, keys_destroyed = 0, keys_rewrapped = 0;
};

/// Seals every card under an older key anew and destroys the keys that are no longer needed. Safe to run twice and to
/// stop anywhere.
Result<UpkeepOutcome> reseal_cards(Services& services, const UpkeepOptions& options);
/// Puts every key of the vault that is under another KEK, or under none, under the newest KEK. How many it found; 0 too
/// while there is no KEK. One that somebody changed meanwhile is left for the next run.
Result<std::int64_t> rewrap_keys(Services& services, const UpkeepOptions& options);
/// Erases what erased merchants stored, cards that were not used for as long as their merchant keeps them, and
/// references of payments after 400 days.
Result<UpkeepOutcome> erase_old_cards(Services& services, const UpkeepOptions& options);

}  // namespace takas::app::vault
