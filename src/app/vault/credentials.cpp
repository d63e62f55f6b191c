#include "app/vault/credentials.hpp"

#include <algorithm>

#include "app/audit/recorder.hpp"
#include "app/auth/random_text.hpp"
#include "app/ports/tables.hpp"
#include "app/vault/merchants.hpp"
#include "app/vault/trail.hpp"
#include "base/address_ranges.hpp"
#include "base/log.hpp"
#include "crypto/aead.hpp"
#include "crypto/digest.hpp"

namespace takas::app::vault {

using core::vault::MerchantState;
using ports::where;

namespace {

constexpr std::size_t key_id_bytes = 12;
constexpr std::size_t secret_bytes = 32;
constexpr std::size_t sent_value_max = 128;

/// Of this credential of this merchant and kind: moved to another row or owner it opens nothing.
Result<Blob> mac_of(Keys& keys, const VaultCredential& credential, std::string_view secret) {
    const auto key = keys.credential_key();
    if (!key) return std::unexpected(key.error());
    const auto mac = crypto::hmac_sha256(
        (*key)->reveal(), crypto::associated_data({"credential", std::to_string(credential.merchant_id.value),
                                                   to_name(credential.kind), credential.key_id, secret}));
    return Blob{std::string(text_of(mac))};
}

std::vector<CredentialScope> usual_scopes(CredentialKind kind) {
    using enum CredentialScope;
    if (kind == CredentialKind::public_pair) return {temp_token, bin};
    return {cards, blacklist};
}

Result<VaultCredential> find(const Context& context, EntityId merchant_id, std::string_view key_id) {
    auto found = context.store().find<VaultCredential>({where<&VaultCredential::key_id>(key_id)});
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found || (*found)->merchant_id != merchant_id) return fail(ErrorCode::vault_credential_not_found);
    return std::move(**found);
}

Result<CreatedCredential> make(Context& context, EntityId merchant_id, const NewCredential& wanted) {
    CreatedCredential made;
    VaultCredential& row = made.credential;
    row.key_id = (wanted.kind == CredentialKind::public_pair ? "tvp_" : "tvs_") +
                 auth::random_base64url(context.services.random, key_id_bytes);
    made.secret = auth::random_base64url(context.services.random, secret_bytes);
    row.merchant_id = merchant_id;
    row.kind = wanted.kind;
    row.scopes = wanted.scopes.empty() ? usual_scopes(wanted.kind) : wanted.scopes;
    row.label = wanted.label;
    row.expires_at = wanted.expires_at;
    row.creation_time = context.now;
    auto mac = mac_of(context.services.vault->keys, row, made.secret);
    if (!mac) return std::unexpected(std::move(mac.error()));
    row.secret_mac = std::move(*mac);
    context.unit.insert(row);
    return made;
}

void forget_after_commit(Context& context) {
    context.after_commit.push_back([vault = context.services.vault] { vault->directory.forget(); });
}

bool is_live(const VaultCredential& credential, Instant now) {
    return credential.is_active && (!credential.expires_at || now < *credential.expires_at);
}

Result<void> expect_room(const Context& context, EntityId merchant_id) {
    const auto rows =
        context.store().list<VaultCredential>({{where<&VaultCredential::merchant_id>(merchant_id)}, {{"key_id"}}});
    if (!rows) return std::unexpected(rows.error());
    const auto live = std::ranges::count_if(*rows, [&](const auto& row) { return is_live(row, context.now); });
    if (static_cast<std::size_t>(live) < live_credentials_max) return {};
    return fail_field("kind", "The merchant has 16 live credentials: revoke one first.",
                      "Üye işyerinin 16 geçerli erişim bilgisi var: önce birini iptal edin.");
}

}  // namespace

bool fits(CredentialKind kind, CredentialScope scope) {
    const bool is_public = scope == CredentialScope::temp_token || scope == CredentialScope::bin;
    return is_public == (kind == CredentialKind::public_pair);
}

Result<Caller> authenticate(Services& services, CredentialKind kind, CredentialScope scope, std::string_view key_id,
                            std::string_view secret, const std::string& address) {
    if (key_id.empty() || secret.empty() || key_id.size() > sent_value_max || secret.size() > sent_value_max)
        return fail(ErrorCode::vault_credential_refused, "no pair of credentials");
    Vault& vault = *services.vault;
    const Instant now = services.clock.now();
    const std::string who = std::string(key_id) + ' ' + network_of(address);
    if (vault.lockout.is_locked(who, now)) return fail(ErrorCode::too_many_requests, "locked out");
    const auto credential = vault.directory.credential(key_id);
    if (!credential) return std::unexpected(credential.error());
    // As much work for a key id that does not exist.
    const auto mac = mac_of(vault.keys, *credential ? **credential : VaultCredential{}, secret);
    if (!mac) return std::unexpected(mac.error());
    const bool is_right = *credential && (*credential)->kind == kind && is_live(**credential, now) &&
                          crypto::constant_time_equal(bytes_of((*credential)->secret_mac.bytes), bytes_of(mac->bytes));
    if (!is_right) {
        vault.lockout.failed(who, now);
        log::warning("vault_credential_refused").add("address", address);
        return fail(ErrorCode::vault_credential_refused, "unknown, wrong, expired or revoked");
    }
    vault.lockout.succeeded(who);
    const auto merchant = vault.directory.merchant((*credential)->merchant_id);
    if (!merchant) return std::unexpected(merchant.error());
    if (!*merchant || (*merchant)->state != MerchantState::active)
        return fail(ErrorCode::vault_credential_refused, "the merchant is not active");
    if (std::ranges::find((*credential)->scopes, scope) == (*credential)->scopes.end())
        return fail(ErrorCode::forbidden, "the credential lacks " + std::string(to_name(scope)));
    return Caller{*merchant, (*credential)->key_id};
}

Result<CreatedCredential> create_credential(Context& context, EntityId merchant_id, const NewCredential& wanted) {
    for (const CredentialScope scope : wanted.scopes)
        if (!fits(wanted.kind, scope))
            return fail_field("scopes", "A scope does not fit the kind.", "Yetkilerden biri türe uygun değil.");
    if (wanted.expires_at && *wanted.expires_at <= context.now)
        return fail_field("expiresAt", "A time to come is needed.", "Gelecekte bir zaman gerekli.");
    if (auto merchant = tended_merchant(context, merchant_id); !merchant)
        return std::unexpected(std::move(merchant.error()));
    if (auto room = expect_room(context, merchant_id); !room) return std::unexpected(std::move(room.error()));
    auto made = make(context, merchant_id, wanted);
    if (!made) return made;
    auto noted = note_merchant(context, merchant_id, core::audit::Action::updated,
                               {{"credential", std::nullopt, made->credential.key_id}});
    if (!noted) return std::unexpected(std::move(noted.error()));
    forget_after_commit(context);
    return made;
}

Result<CreatedCredential> rotate_credential(Context& context, EntityId merchant_id, std::string_view key_id,
                                            std::int32_t overlap_h) {
    if (auto merchant = tended_merchant(context, merchant_id); !merchant)
        return std::unexpected(std::move(merchant.error()));
    auto old = find(context, merchant_id, key_id);
    if (!old) return std::unexpected(std::move(old.error()));
    if (!is_live(*old, context.now) || !old->replaced_by.empty())
        return fail(ErrorCode::vault_credential_not_found, "not live, or rotated already");
    auto made = make(context, merchant_id, {old->kind, old->scopes, old->label, old->expires_at});
    if (!made) return made;
    const std::int64_t seen = old->version++;
    const Instant ends_at = context.now.plus_seconds(overlap_h * std::int64_t{3'600});
    if (!old->expires_at || ends_at < *old->expires_at) old->expires_at = ends_at;
    old->replaced_by = made->credential.key_id;
    if (overlap_h == 0) old->is_active = false;
    auto noted = note_merchant(context, merchant_id, core::audit::Action::updated,
                               {{"credential", old->key_id, made->credential.key_id}});
    context.unit.update(std::move(*old), seen);
    if (!noted) return std::unexpected(std::move(noted.error()));
    forget_after_commit(context);
    return made;
}

Result<void> revoke_credential(Context& context, EntityId merchant_id, std::string_view key_id) {
    if (auto merchant = tended_merchant(context, merchant_id); !merchant)
        return std::unexpected(std::move(merchant.error()));
    auto row = find(context, merchant_id, key_id);
    if (!row) return std::unexpected(std::move(row.error()));
    const std::int64_t seen = row->version++;
    row->is_active = false;
    auto noted =
        note_merchant(context, merchant_id, core::audit::Action::updated, {{"credential", row->key_id, std::nullopt}});
    context.unit.update(std::move(*row), seen);
    if (!noted) return noted;
    forget_after_commit(context);
    return {};
}

}  // namespace takas::app::vault
