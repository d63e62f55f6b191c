// The keys access tokens are signed and checked with: one signs, and those before it are still believed until the last
// token they signed has expired.
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "crypto/keyring.hpp"
#include "crypto/signature.hpp"

namespace takas::app::auth {

struct TokenKeys {
    crypto::SigningKey signing;
    std::vector<crypto::VerificationKey> verification;  ///< the signing key's public half among them

    /// All token_signing keys of the ring; the active one signs.
    static Result<TokenKeys> from_keyring(const crypto::Keyring& keyring);
    /// One key that lives as long as the process.
    static TokenKeys generate();
};

}  // namespace takas::app::auth
