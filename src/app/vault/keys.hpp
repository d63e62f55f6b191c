// The keys of the vault: each merchant has its own, random, wrapped as wrapping.hpp says (under keys that are outside
// the database) and bound to merchant, use and version. In memory they are unwrapped for a few seconds at a time: a
// rotation or an erasure on another server is followed by then, and a card is only ever written under a key that the
// store itself still calls active.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "app/ports/clock.hpp"
#include "app/ports/store.hpp"
#include "app/vault/wrapping.hpp"
#include "core/vault/merchant.hpp"
#include "crypto/secret.hpp"

namespace takas::app::vault {

using core::vault::KeyState;
using core::vault::KeyUse;
using core::vault::VaultKey;

/// How long unwrapped keys are believed without another look at the store.
inline constexpr std::int64_t keys_fresh_s = 5;
/// Merchants whose keys are in memory at once.
inline constexpr std::size_t keys_kept_max = 4'096;

/// Unwrapped. Immutable; shared for as long as somebody works with it.
struct MerchantKeys {
    struct DataKey {
        VaultKey record;  ///< without the wrapped key
        crypto::SecretBytes bytes;
    };
    EntityId merchant_id;
    std::vector<DataKey> data;  ///< by version; the last is active
    crypto::SecretBytes lookup, unique_code;

    const DataKey& active() const { return data.back(); }
    const DataKey* find(std::int32_t key_version) const;
};
using KeysPtr = std::shared_ptr<const MerchantKeys>;

/// A fresh key, wrapped.
Result<VaultKey> make_key(EntityId merchant_id, KeyUse use, std::int32_t key_version, const Wrapping& wrapping,
                          Instant now);

class Keys {
  public:
    Keys(ports::Store& store, const ports::Clock& clock, const Wrapping& wrapping)
        : store_(store), clock_(clock), wrapping_(wrapping) {}

    /// Errors: vault_key_not_usable when the merchant was erased; those of the store.
    Result<KeysPtr> of(EntityId merchant_id);
    /// As of(), and the keys know `key_version`, if the store does.
    Result<KeysPtr> of(EntityId merchant_id, std::int32_t key_version);
    /// After a rotation or an erasure here.
    void forget(EntityId merchant_id);

    /// The installation's key for credentials; made at the first use.
    Result<std::shared_ptr<const crypto::SecretBytes>> credential_key();

  private:
    struct Entry {
        KeysPtr keys;
        Instant read_at;
    };
    Result<KeysPtr> read(EntityId merchant_id);
    Result<std::optional<VaultKey>> find_credential_key();

    ports::Store& store_;
    const ports::Clock& clock_;
    const Wrapping& wrapping_;
    std::mutex mutex_;
    std::map<EntityId, Entry> entries_;
    std::shared_ptr<const crypto::SecretBytes> credential_key_;
};

}  // namespace takas::app::vault
