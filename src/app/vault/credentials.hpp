// Credentials of merchants: made, shown once, rotated with an overlap, revoked; and the question whose a pair is. Of a
// secret only its HMAC under the installation's key is kept.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/context/context.hpp"
#include "app/vault/vault.hpp"

namespace takas::app::vault {

/// Who calls the vault.
struct Caller {
    MerchantPtr merchant;
    std::string key_id;  ///< of a credential; "temp-token" for a browser
    Blob temp_token_hash{};
};

/// What a pair of headers opens. Errors: vault_credential_refused (unknown, wrong, expired, revoked, of a merchant that
/// is not active: not told apart), too_many_requests while key id and address are locked, forbidden without the scope,
/// those of the store. `address` is where the call comes from.
Result<Caller> authenticate(Services& services, CredentialKind kind, CredentialScope scope, std::string_view key_id,
                            std::string_view secret, const std::string& address);

struct NewCredential {
    CredentialKind kind{};
    std::vector<CredentialScope> scopes;  ///< empty: what its kind usually has
    std::string label;
    std::optional<Instant> expires_at;
};
struct CreatedCredential {
    VaultCredential credential;
    std::string secret;  ///< this once
};

inline constexpr std::size_t live_credentials_max = 16;
/// How long a replaced credential may still be used, at most.
inline constexpr std::int64_t overlap_max_h = 30 * 24;

/// Fills context.unit. Errors: validation, vault_merchant_not_found.
Result<CreatedCredential> create_credential(Context& context, EntityId merchant_id, const NewCredential& wanted);
/// A new secret under a new key id; the old one ends after `overlap_h` hours.
Result<CreatedCredential> rotate_credential(Context& context, EntityId merchant_id, std::string_view key_id,
                                            std::int32_t overlap_h);
/// Errors: vault_credential_not_found.
Result<void> revoke_credential(Context& context, EntityId merchant_id, std::string_view key_id);

/// Is it one of the kind's own? A public pair never reads or keeps cards.
bool fits(CredentialKind kind, CredentialScope scope);

}  // namespace takas::app::vault
