#include "app/auth/token_keys.hpp"

namespace takas::app::auth {

Result<TokenKeys> TokenKeys::from_keyring(const crypto::Keyring& keyring) {
    auto signing = crypto::SigningKey::from_seed(keyring.active(crypto::KeyPurpose::token_signing).bytes);
    if (!signing) return std::unexpected(std::move(signing.error()));
    TokenKeys keys{std::move(*signing), {}};
    for (const crypto::DataKey& key : keyring.keys()) {
        if (key.purpose != crypto::KeyPurpose::token_signing) continue;
        auto pair = crypto::SigningKey::from_seed(key.bytes);
        if (!pair) return std::unexpected(std::move(pair.error()));
        keys.verification.push_back(pair->verification_key());
    }
    return keys;
}

TokenKeys TokenKeys::generate() {
    TokenKeys keys{crypto::SigningKey::generate(), {}};
    keys.verification.push_back(keys.signing.verification_key());
    return keys;
}

}  // namespace takas::app::auth
