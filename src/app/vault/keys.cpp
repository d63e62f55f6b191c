#include "app/vault/keys.hpp"

#include <algorithm>

#include "app/ports/tables.hpp"
#include "crypto/keyring.hpp"
#include "crypto/random.hpp"

namespace takas::app::vault {

using ports::where;

const MerchantKeys::DataKey* MerchantKeys::find(std::int32_t key_version) const {
    const auto at = std::ranges::find(data, key_version, [](const DataKey& key) { return key.record.key_version; });
    return at == data.end() ? nullptr : &*at;
}

Result<VaultKey> make_key(EntityId merchant_id, KeyUse use, std::int32_t key_version, const Wrapping& wrapping,
                          Instant now) {
    VaultKey key;
    key.merchant_id = merchant_id;
    key.use = use;
    key.key_version = key_version;
    key.creation_time = now;
    const auto clear = crypto::random_secret(crypto::data_key_bytes);
    if (auto done = wrapping.wrap(key, clear); !done) return std::unexpected(std::move(done.error()));
    return key;
}

Result<KeysPtr> Keys::of(EntityId merchant_id) {
    const Instant now = clock_.now();
    {
        const std::lock_guard lock(mutex_);
        const auto at = entries_.find(merchant_id);
        const bool is_fresh =
            at != entries_.end() && now >= at->second.read_at && now < at->second.read_at.plus_seconds(keys_fresh_s);
        if (is_fresh) return at->second.keys;
    }
    auto keys = read(merchant_id);
    const std::lock_guard lock(mutex_);
    entries_.erase(merchant_id);
    if (!keys) return keys;
    if (entries_.size() >= keys_kept_max) entries_.clear();
    entries_[merchant_id] = {*keys, now};
    return keys;
}

Result<KeysPtr> Keys::of(EntityId merchant_id, std::int32_t key_version) {
    auto keys = of(merchant_id);
    if (!keys || (*keys)->find(key_version)) return keys;
    forget(merchant_id);
    return of(merchant_id);
}

void Keys::forget(EntityId merchant_id) {
    const std::lock_guard lock(mutex_);
    entries_.erase(merchant_id);
}

Result<KeysPtr> Keys::read(EntityId merchant_id) {
    auto rows = store_.list<VaultKey>(
        {{where<&VaultKey::merchant_id>(merchant_id)}, {{"merchant_id"}, {"use"}, {"key_version"}}});
    if (!rows) return std::unexpected(std::move(rows.error()));
    auto keys = std::make_shared<MerchantKeys>();
    keys->merchant_id = merchant_id;
    for (VaultKey& row : *rows) {
        if (row.state == KeyState::destroyed) continue;
        auto bytes = wrapping_.unwrap(row);
        if (!bytes) return std::unexpected(std::move(bytes.error()));
        row.wrapped = {};
        if (row.use == KeyUse::lookup)
            keys->lookup = std::move(*bytes);
        else if (row.use == KeyUse::unique_code)
            keys->unique_code = std::move(*bytes);
        else if (row.use == KeyUse::card_data)
            keys->data.push_back({std::move(row), std::move(*bytes)});
    }
    const bool is_complete = !keys->data.empty() && keys->active().record.state == KeyState::active &&
                             !keys->lookup.empty() && !keys->unique_code.empty();
    if (!is_complete) return fail(ErrorCode::vault_key_not_usable, "the merchant's keys are destroyed");
    return KeysPtr(std::move(keys));
}

Result<std::optional<VaultKey>> Keys::find_credential_key() {
    return store_.find<VaultKey>({where<&VaultKey::merchant_id>(EntityId{}), where<&VaultKey::use>(KeyUse::credential),
                                  where<&VaultKey::key_version>(1)});
}

/// Two servers may make it at the same moment: the first one's is there, the other reads it.
Result<std::shared_ptr<const crypto::SecretBytes>> Keys::credential_key() {
    {
        const std::lock_guard lock(mutex_);
        if (credential_key_) return credential_key_;
    }
    auto row = find_credential_key();
    if (row && !*row) {
        auto made = make_key({}, KeyUse::credential, 1, wrapping_, clock_.now());
        if (!made) return std::unexpected(std::move(made.error()));
        ports::Unit unit;
        unit.insert_if_absent(std::move(*made));
        const auto done = store_.commit_and_wait(std::move(unit));
        if (done.outcome != ports::CommitOutcome::committed)
            return fail(ErrorCode::unavailable, "the vault's key for credentials could not be stored");
        row = find_credential_key();
    }
    if (!row) return std::unexpected(std::move(row.error()));
    if (!*row) return fail(ErrorCode::internal, "the vault has no key for credentials");
    auto bytes = wrapping_.unwrap(**row);
    if (!bytes) return std::unexpected(std::move(bytes.error()));
    const std::lock_guard lock(mutex_);
    credential_key_ = std::make_shared<const crypto::SecretBytes>(std::move(*bytes));
    return credential_key_;
}

}  // namespace takas::app::vault
