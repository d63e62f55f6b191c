// The way into this room: opens a PKCS#11 token as a vault of keys. The PKCS#11 header stays inside.
#pragma once

#include <memory>
#include <string>

#include "base/error.hpp"
#include "crypto/secret.hpp"
#include "hsm/engine/key_vault.hpp"

namespace takas::hsm::pkcs11 {

struct TokenSettings {
    std::string module_path;
    std::string token_label;
};

/// `may_create`: a token without LMK gets one, made inside it. Errors: hsm_unavailable, hsm_lmk_not_loaded; they carry
/// a detail for the operator's eyes.
Result<std::unique_ptr<KeyVault>> open_token(const TokenSettings& settings, const crypto::SecretBytes& pin,
                                             bool may_create);

}  // namespace takas::hsm::pkcs11
