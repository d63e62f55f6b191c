// The grants. Everything that could tell a stranger whether a user exists ends in the same invalid_grant.
#include "app/auth/token_service.hpp"

#include <latch>

#include "app/auth/random_text.hpp"
#include "app/auth/scope.hpp"
#include "app/ports/tables.hpp"
#include "base/encoding.hpp"
#include "crypto/digest.hpp"

namespace takas::app::auth {

using core::identity::ApiClient;
using core::identity::RefreshToken;
using core::identity::Tenant;
using core::identity::User;
using ports::CommitOutcome;
using ports::where;
using Granted = std::expected<GrantedToken, Refusal>;

namespace {

constexpr std::size_t family_id_bytes = 16;
constexpr std::size_t secret_bytes = 32;
constexpr std::size_t jti_bytes = 16;
constexpr int max_revoke_attempts = 4;  ///< each is lost only to another use of the same token at that moment

Blob hash_of(std::string_view text) { return {std::string(text_of(crypto::sha256(bytes_of(text))))}; }

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return crypto::constant_time_equal(bytes_of(a), bytes_of(b));
}

Refusal refusal_of(ErrorCode code) {
    if (code == ErrorCode::unauthenticated) return Refusal::invalid_grant;
    if (code == ErrorCode::too_many_requests) return Refusal::too_many_requests;
    return Refusal::temporarily_unavailable;
}

}  // namespace

std::string client_secret_hash(std::string_view secret) { return hex_encode(crypto::sha256(bytes_of(secret))); }

TokenService::TokenService(ports::Store& store, const ports::Clock& clock, ports::Random& random, TokenKeys keys,
                           TokenSettings settings)
    : store_(store),
      clock_(clock),
      random_(random),
      keys_(std::move(keys)),
      settings_(std::move(settings)),
      sign_in_(store, clock, settings_.gate) {}

Granted TokenService::grant(const TokenRequest& request) {
    if (request.grant_type.empty() || request.client_id.empty()) return std::unexpected(Refusal::invalid_request);
    const bool known = request.grant_type == "password" || request.grant_type == "client_credentials" ||
                       request.grant_type == "refresh_token";
    if (!known) return std::unexpected(Refusal::unsupported_grant_type);
    const auto client = authenticate_client(request);
    if (!client) return std::unexpected(client.error());
    if (request.grant_type == "password") return by_password(*client, request);
    if (request.grant_type == "client_credentials") return by_client_credentials(*client, request);
    return by_refresh_token(*client, request);
}

std::expected<ApiClient, Refusal> TokenService::authenticate_client(const TokenRequest& request) const {
    auto client = store_.find<ApiClient>({where<&ApiClient::client_id>(request.client_id)});
    if (!client) return std::unexpected(Refusal::temporarily_unavailable);
    if (!*client || !(*client)->is_active) return std::unexpected(Refusal::invalid_client);
    const std::string& expected = (*client)->secret_hash;
    const bool is_public = expected.empty();
    if (!is_public && !equal_in_constant_time(expected, client_secret_hash(request.client_secret.value_or(""))))
        return std::unexpected(Refusal::invalid_client);
    return std::move(**client);
}

std::expected<Tenant, Refusal> TokenService::active_tenant(TenantId id, Refusal otherwise) const {
    auto tenant = store_.find<Tenant>({where<&Tenant::tenant_id>(id)});
    if (!tenant) return std::unexpected(Refusal::temporarily_unavailable);
    if (!*tenant || !(*tenant)->is_active) return std::unexpected(otherwise);
    return std::move(**tenant);
}

Granted TokenService::by_password(const ApiClient& client, const TokenRequest& request) {
    if (!request.username || !request.password) return std::unexpected(Refusal::invalid_request);
    const auto scope = narrow_scope(request.scope);
    if (!scope) return std::unexpected(Refusal::invalid_scope);
    const auto tenant = active_tenant(client.tenant_id, Refusal::invalid_grant);
    if (!tenant) return std::unexpected(tenant.error());
    const auto user = sign_in_.check(client.tenant_id, *request.username, *request.password);
    if (!user) return std::unexpected(refusal_of(user.error().code));

    RefreshToken family;
    family.family_id = random_base64url(random_, family_id_bytes);
    const std::string token = family.family_id + '.' + random_base64url(random_, secret_bytes);
    family.token_hash = hash_of(token);
    family.tenant_id = client.tenant_id;
    family.user_id = user->user_id;
    family.client_id = client.client_id;
    family.scope = *scope;
    family.issued_at = clock_.now();
    family.expires_at = clock_.now().plus_seconds(settings_.refresh_lifetime_s);
    ports::Unit unit;
    unit.insert(std::move(family));
    if (store_.commit_and_wait(std::move(unit)).outcome != CommitOutcome::committed)
        return std::unexpected(Refusal::temporarily_unavailable);
    return GrantedToken{sign(*tenant, client, user->user_uuid, user->user_name, user->roles, *scope),
                        settings_.access_lifetime_s, token, *scope};
}

Granted TokenService::by_client_credentials(const ApiClient& client, const TokenRequest& request) {
    if (client.secret_hash.empty()) return std::unexpected(Refusal::unauthorized_client);  // anyone knows a public id
    const auto scope = narrow_scope(request.scope);
    if (!scope) return std::unexpected(Refusal::invalid_scope);
    const auto tenant = active_tenant(client.tenant_id, Refusal::invalid_client);
    if (!tenant) return std::unexpected(tenant.error());
    return GrantedToken{sign(*tenant, client, client_subject(client.client_id), client.client_id, client.roles, *scope),
                        settings_.access_lifetime_s, "", *scope};
}

Granted TokenService::by_refresh_token(const ApiClient& client, const TokenRequest& request) {
    if (!request.refresh_token) return std::unexpected(Refusal::invalid_request);
    const std::string& token = *request.refresh_token;
    auto found = store_.find<RefreshToken>(
        {where<&RefreshToken::family_id>(std::string_view(token).substr(0, token.find('.')))});
    if (!found) return std::unexpected(Refusal::temporarily_unavailable);
    const bool is_usable = *found && (*found)->client_id == client.client_id &&
                           (*found)->tenant_id == client.tenant_id && !(*found)->is_revoked &&
                           (*found)->expires_at > clock_.now();
    if (!is_usable) return std::unexpected(Refusal::invalid_grant);
    RefreshToken& family = **found;
    if (!equal_in_constant_time(family.token_hash.bytes, hash_of(token).bytes)) {
        revoke(family.family_id);
        return std::unexpected(Refusal::invalid_grant);
    }

    const auto scope = narrow_scope(request.scope, family.scope);
    if (!scope) return std::unexpected(Refusal::invalid_scope);
    const auto tenant = active_tenant(family.tenant_id, Refusal::invalid_grant);
    if (!tenant) return std::unexpected(tenant.error());
    const auto user =
        store_.find<User>({where<&User::tenant_id>(family.tenant_id), where<&User::user_id>(family.user_id)});
    if (!user) return std::unexpected(Refusal::temporarily_unavailable);
    if (!*user || !(*user)->is_active || family.issued_at <= (*user)->tokens_valid_after)
        return std::unexpected(Refusal::invalid_grant);

    const std::string next = family.family_id + '.' + random_base64url(random_, secret_bytes);
    RefreshToken rotated = family;
    rotated.token_hash = hash_of(next);
    rotated.issued_at = clock_.now();
    ++rotated.version;
    ports::Unit unit;
    unit.update(std::move(rotated), family.version);
    const auto done = store_.commit_and_wait(std::move(unit));
    if (done.outcome == CommitOutcome::version_moved) {  // someone used the same token at the same moment
        revoke(family.family_id);
        return std::unexpected(Refusal::invalid_grant);
    }
    if (done.outcome != CommitOutcome::committed) return std::unexpected(Refusal::temporarily_unavailable);
    return GrantedToken{sign(*tenant, client, (*user)->user_uuid, (*user)->user_name, (*user)->roles, *scope),
                        settings_.access_lifetime_s, next, *scope};
}

/// A failed write leaves a family whose thief and owner keep ending each other's attempts.
void TokenService::revoke(const std::string& family_id) {
    for (int attempt = 0; attempt < max_revoke_attempts; ++attempt) {
        auto family = store_.find<RefreshToken>({where<&RefreshToken::family_id>(family_id)});
        if (!family || !*family || (*family)->is_revoked) return;
        const std::int64_t version = (*family)->version;
        (*family)->is_revoked = true;
        ++(*family)->version;
        ports::Unit unit;
        unit.update(std::move(**family), version);
        if (store_.commit_and_wait(std::move(unit)).outcome != CommitOutcome::version_moved) return;
    }
}

std::string TokenService::sign(const Tenant& tenant, const ApiClient& client, const std::string& subject,
                               const std::string& user_name, const std::vector<std::string>& roles,
                               const std::string& scope) {
    const std::int64_t now_s = clock_.now().seconds();
    crypto::JwtClaims claims;
    claims.iss = settings_.issuer;
    claims.aud = {settings_.audience};
    claims.sub = subject;
    claims.tenant_id = tenant.tenant_uuid;
    claims.username = user_name;
    claims.roles = roles;
    claims.scope = scope;
    claims.client_id = client.client_id;
    claims.jti = random_base64url(random_, jti_bytes);
    claims.iat = now_s;
    claims.exp = now_s + settings_.access_lifetime_s;
    return crypto::sign_jwt(keys_.signing, claims);
}

Result<void> TokenService::forget_expired() {
    auto expired = store_.list<RefreshToken>(
        {{where<&RefreshToken::expires_at>(ports::Compare::less_or_equal, clock_.now())}, {}, 0, 1000});
    if (!expired) return std::unexpected(std::move(expired.error()));
    std::latch settled(static_cast<std::ptrdiff_t>(expired->size()));
    for (RefreshToken& family : *expired) {
        ports::Unit unit;  // one each: a family that another server forgot first refuses only itself
        unit.erase(std::move(family));
        store_.commit(std::move(unit), [&](const ports::CommitResult&) { settled.count_down(); });
    }
    settled.wait();
    return {};
}

}  // namespace takas::app::auth
