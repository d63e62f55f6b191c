#include "app/vault/wrapping.hpp"

#include <array>

#include "core/identity/identity.hpp"
#include "crypto/aead.hpp"

namespace takas::app::vault {

using core::identity::platform_tenant;
using core::key::KeyState;
using core::key::KeyUsage;
using core::vault::VaultKey;

namespace {

constexpr char hsm_form = 'H';
constexpr std::size_t kek_id_bytes = 8;

std::string place_of(const VaultKey& key) {
    return std::to_string(key.merchant_id.value) + '/' + std::string(to_name(key.use)) + '/' +
           std::to_string(key.key_version);
}

Bytes hsm_place_of(const VaultKey& key, EntityId kek_id) {
    return crypto::associated_data({"vault_key", place_of(key), std::to_string(kek_id.value)});
}

std::string header_of(EntityId kek_id) {
    std::string header(1, hsm_form);
    const auto value = static_cast<std::uint64_t>(kek_id.value);
    for (std::size_t i = kek_id_bytes; i > 0; --i) header += static_cast<char>(value >> (8 * (i - 1)) & 0xff);
    return header;
}

}  // namespace

EntityId Wrapping::kek_id_of(const VaultKey& key) {
    const std::string_view wrapped = key.wrapped.bytes;
    if (wrapped.size() <= kek_id_bytes || wrapped.front() != hsm_form) return {};
    std::uint64_t value = 0;
    for (const char octet : wrapped.substr(1, kek_id_bytes)) value = value << 8 | static_cast<std::uint8_t>(octet);
    return EntityId{static_cast<std::int64_t>(value)};
}

keys::KeyRef Wrapping::newest_kek() const {
    auto found = directory_.find_all({.tenant_id = platform_tenant, .usage = KeyUsage::dek, .label = kek_label});
    if (found.empty() || found.front()->state != KeyState::active) return nullptr;
    return std::move(found.front());
}

EntityId Wrapping::newest_kek_id() const {
    const auto newest = newest_kek();
    return newest ? newest->id : EntityId{};
}

/// Another server may have made it a moment ago.
Result<keys::KeyRef> Wrapping::kek(EntityId id) const {
    if (auto found = directory_.by_id(platform_tenant, id)) return found;
    if (auto done = directory_.refresh_if_changed(); !done) return std::unexpected(std::move(done.error()));
    if (auto found = directory_.by_id(platform_tenant, id)) return found;
    return fail(ErrorCode::hsm_key_not_found, "a vault key is under a key-encryption key that is not there");
}

Result<void> Wrapping::wrap(VaultKey& key, const crypto::SecretBytes& clear) const {
    const auto newest = newest_kek();
    if (!newest) {
        auto sealed = box_.seal(text_of(clear.reveal()), {"vault_key", place_of(key)});
        if (!sealed) return std::unexpected(std::move(sealed.error()));
        key.wrapped = std::move(*sealed);
        return {};
    }
    const auto inner =
        hsm_.encrypt_data(*newest, ports::DataCipher::aes_gcm, clear.reveal(), hsm_place_of(key, newest->id));
    if (!inner) return std::unexpected(inner.error());
    const std::string header = header_of(newest->id);
    auto sealed = box_.seal(text_of(*inner), {"vault_key", place_of(key), header});
    if (!sealed) return std::unexpected(std::move(sealed.error()));
    key.wrapped.bytes = header + sealed->bytes;
    return {};
}

Result<crypto::SecretBytes> Wrapping::unwrap(const VaultKey& key) const {
    if (key.state == core::vault::KeyState::destroyed)
        return fail(ErrorCode::vault_key_not_usable, "a destroyed vault key");
    const EntityId kek_id = kek_id_of(key);
    if (kek_id == EntityId{}) return box_.open(key.wrapped, {"vault_key", place_of(key)});
    const std::string header = header_of(kek_id);
    const auto inner = box_.open(Blob{key.wrapped.bytes.substr(header.size())}, {"vault_key", place_of(key), header});
    if (!inner) return std::unexpected(inner.error());
    const auto under = kek(kek_id);
    if (!under) return std::unexpected(under.error());
    return hsm_.decrypt_data(**under, ports::DataCipher::aes_gcm, inner->reveal(), hsm_place_of(key, kek_id));
}

}  // namespace takas::app::vault
