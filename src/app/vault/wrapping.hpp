// How the vault's keys are kept: under the installation's keyring, and inside that under a key-encryption key (KEK)
// that only the HSM opens, once the installation has one: an AES data key (usage Dek) of the platform's own institution
// with the label "vault-kek". Both are needed then: neither the keyring nor the HSM alone opens a vault key. What is
// wrapped is bound to merchant, use, version and KEK. The wrapped form says which KEK it is under, so that older keys
// stay readable while the upkeep puts them under the newest KEK.
//
// Wrapped form, with a KEK: 'H' | id of the KEK (8 octets, big endian) | sealed by the keyring (octets from the HSM)
//               without:   sealed by the keyring (the key); its first octet is 0x01
#pragma once

#include "app/context/context.hpp"
#include "app/keys/key_directory.hpp"
#include "app/ports/hsm.hpp"
#include "app/secrets/secret_box.hpp"
#include "core/vault/merchant.hpp"
#include "crypto/secret.hpp"

namespace takas::app::vault {

inline constexpr std::string_view kek_label = "vault-kek";

class Wrapping {
  public:
    Wrapping(const secrets::SecretBox& box, ports::Hsm& hsm, keys::KeyDirectory& directory)
        : box_(box), hsm_(hsm), directory_(directory) {}
    explicit Wrapping(const Services& services) : Wrapping(services.secret_box, services.hsm, services.keys) {}

    /// Fills `key.wrapped`; the other members are final. Errors: internal, those of the HSM.
    Result<void> wrap(core::vault::VaultKey& key, const crypto::SecretBytes& clear) const;
    /// Errors: vault_key_not_usable when the key is destroyed, internal when the row was altered or moved,
    /// hsm_key_not_found and hsm_key_not_usable when its KEK is gone, those of the HSM.
    Result<crypto::SecretBytes> unwrap(const core::vault::VaultKey& key) const;

    /// The KEK that new keys are wrapped under; 0: the keyring alone.
    EntityId newest_kek_id() const;
    /// The KEK that this key is under; 0: the keyring alone.
    static EntityId kek_id_of(const core::vault::VaultKey& key);

  private:
    keys::KeyRef newest_kek() const;
    Result<keys::KeyRef> kek(EntityId id) const;

    const secrets::SecretBox& box_;
    ports::Hsm& hsm_;
    keys::KeyDirectory& directory_;
};

}  // namespace takas::app::vault
