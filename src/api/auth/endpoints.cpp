#include "api/auth/endpoints.hpp"

#include "api/auth/handlers.hpp"

namespace takas::api {
namespace {

using enum Method;
using auth::OAuthErrorDto;

constexpr std::string_view tag = "Auth";

/// Refusals in OAuth's form; 401 is the client's, everything about the user is a 400.
constexpr Endpoint oauth(Endpoint row) {
    row.refuse = &auth::oauth_refusal;
    row.error_body = &type_of<OAuthErrorDto>;
    return row;
}

constexpr ErrorList token_errors{ErrorCode::unauthenticated, ErrorCode::too_many_requests};

constexpr std::array rows{
    oauth(endpoint<&auth::get_token>(post, "/connect/token", "getToken", tag, "Get or refresh a token",
                                     Permission::open, Idempotency::none, token_errors)),
    oauth(endpoint<&auth::get_token>(post, "/api/v1/auth/token", "getTokenAlias", tag, "Get or refresh a token",
                                     Permission::open, Idempotency::none, token_errors)),
    oauth(endpoint<&auth::refresh_token>(post, "/api/v1/auth/refresh-token", "refreshToken", tag, "Refresh a token",
                                         Permission::open, Idempotency::none, token_errors)),
    endpoint<&auth::get_jwks>(get, "/.well-known/jwks.json", "getJwks", tag, "Public keys of access tokens",
                              Permission::open, Idempotency::none),
    endpoint<&auth::get_authorization_server>(
        get, "/.well-known/oauth-authorization-server", "getAuthorizationServerMetadata", tag,
        "What the token endpoint can do (RFC 8414)", Permission::open, Idempotency::none),
};

}  // namespace

std::span<const Endpoint> auth_endpoints() { return rows; }

}  // namespace takas::api
