// Gives access tokens (RFC 6749: password, client_credentials and refresh_token grants) and says whose a token is.
// An access token is a signed JWT that lives an hour; a refresh token is random, works once and is followed by the next
// of its family. A refresh token that comes twice was stolen or copied: its whole family ends.
#pragma once

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/auth/refusal.hpp"
#include "app/auth/sign_in.hpp"
#include "app/auth/token_keys.hpp"
#include "app/ports/clock.hpp"
#include "app/ports/random.hpp"
#include "app/ports/store.hpp"
#include "core/identity/identity.hpp"
#include "core/identity/permissions.hpp"
#include "crypto/jwt.hpp"

namespace takas::app::auth {

struct TokenSettings {
    std::string issuer = "takas";  ///< `iss`; the server's public address where there is one
    std::string audience = "takas-api";
    std::int64_t access_lifetime_s = 3600;
    std::int64_t refresh_lifetime_s = 30LL * 24 * 3600;  ///< of a family, from the sign-in on
    GateLimits gate{};
};

struct TokenRequest {
    std::string grant_type;
    std::string client_id;
    std::optional<std::string> client_secret;
    std::optional<std::string> username;
    std::optional<std::string> password;
    std::optional<std::string> refresh_token;
    std::optional<std::string> scope;  ///< blank-separated; absent: everything but offline_access
};

struct GrantedToken {
    std::string access_token;
    std::int64_t expires_in = 0;  ///< seconds
    std::string refresh_token;    ///< "" with client_credentials
    std::string scope;
};

/// Whose token it is, as the store says now: roles given after the token was made count, and those taken do not.
struct Caller {
    TenantId tenant_id;
    std::string tenant_uuid;
    std::string user_uuid;
    std::string user_name;
    core::identity::PermissionSet permissions;
    std::string scope;
};

class TokenService {
  public:
    TokenService(ports::Store& store, const ports::Clock& clock, ports::Random& random, TokenKeys keys,
                 TokenSettings settings = {});

    /// Blocks: hashes a password, waits for commits.
    std::expected<GrantedToken, Refusal> grant(const TokenRequest& request);

    /// The claims of a token that we signed, for us, and that has not expired. ErrorCode::unauthenticated.
    Result<crypto::JwtClaims> verify(std::string_view access_token) const;
    /// The caller behind verified claims. ErrorCode::unauthenticated when tenant, client or user are gone or inactive.
    Result<Caller> caller_of(const crypto::JwtClaims& claims) const;

    /// Forgets up to a thousand families that expired; for a job that runs every few minutes.
    Result<void> forget_expired();

    std::span<const crypto::VerificationKey> verification_keys() const { return keys_.verification; }
    const TokenSettings& settings() const { return settings_; }

  private:
    using ApiClient = core::identity::ApiClient;
    using User = core::identity::User;
    using RefreshToken = core::identity::RefreshToken;
    using Granted = std::expected<GrantedToken, Refusal>;

    std::expected<ApiClient, Refusal> authenticate_client(const TokenRequest& request) const;
    std::expected<core::identity::Tenant, Refusal> active_tenant(TenantId id, Refusal otherwise) const;
    Granted by_password(const ApiClient& client, const TokenRequest& request);
    Granted by_client_credentials(const ApiClient& client, const TokenRequest& request);
    Granted by_refresh_token(const ApiClient& client, const TokenRequest& request);
    void revoke(const std::string& family_id);
    std::string sign(const core::identity::Tenant& tenant, const ApiClient& client, const std::string& subject,
                     const std::string& user_name, const std::vector<std::string>& roles, const std::string& scope);
    Result<core::identity::PermissionSet> permissions_of(TenantId tenant, std::span<const std::string> roles) const;

    ports::Store& store_;
    const ports::Clock& clock_;
    ports::Random& random_;
    TokenKeys keys_;
    TokenSettings settings_;
    SignIn sign_in_;
};

/// How a client secret is kept: SHA-256 in hex. Secrets are 256 random bits of ours, so a slow hash would add nothing.
std::string client_secret_hash(std::string_view secret);

}  // namespace takas::app::auth
