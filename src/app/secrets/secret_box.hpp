// Encrypts secrets that must be read again: webhook credentials, stored replies. What is sealed is bound to its place
// (table, tenant, key), so that a value copied to another row does not open. Proves to other servers of the
// installation who speaks. Card numbers are not its business: they have app/cards/pan_vault.hpp.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "base/describe.hpp"
#include "base/error.hpp"
#include "crypto/keyring.hpp"

namespace takas::app::secrets {

class SecretBox {
  public:
    /// `keyring` must outlive the box; its keys of purpose secret_encryption are used.
    explicit SecretBox(const crypto::Keyring& keyring) : keyring_(keyring) {}

    /// `place` says where the value will be stored: {"webhook", tenant, id}. Error: internal.
    Result<Blob> seal(std::string_view plaintext, std::initializer_list<std::string_view> place) const;

    /// Error: internal when anything differs: key, place or any octet.
    Result<crypto::SecretBytes> open(const Blob& sealed, std::initializer_list<std::string_view> place) const;

    /// For those with the same keys: this was said by one of them. "<key id>.<hex>".
    std::string prove(std::initializer_list<std::string_view> said) const;
    bool is_proof(std::string_view proof, std::initializer_list<std::string_view> said) const;

    /// For a key of a table that a caller chooses and that may hold anything, also a card number: the same parts give
    /// the same 64 hex digits as long as the installation lives, and tell nothing without its keys.
    std::string keyed_name(std::initializer_list<std::string_view> parts) const;

  private:
    const crypto::Keyring& keyring_;
};

}  // namespace takas::app::secrets
