#include "api/auth/handlers.hpp"

#include <algorithm>

#include "app/auth/token_service.hpp"
#include "base/encoding.hpp"

namespace takas::api::auth {

using app::auth::Refusal;
using app::auth::refusal_row;
using app::auth::RefusalRow;

namespace {

/// Under this name the refusal's number travels through the dispatcher to oauth_refusal.
constexpr std::string_view refusal_fact = "oauth_refusal";

std::unexpected<Error> refused(Refusal refusal) {
    Error error{ErrorCode::unauthenticated, std::string(refusal_row(refusal).word), {}, {}};
    error.data.emplace_back(refusal_fact, std::to_string(static_cast<int>(refusal)));
    return std::unexpected(std::move(error));
}

const RefusalRow& row_of(const Error& error) {
    const auto fact = std::ranges::find(error.data, refusal_fact, [](const auto& entry) { return entry.first; });
    if (fact != error.data.end())
        for (const RefusalRow& row : app::auth::refusal_rows)
            if (fact->second == std::to_string(static_cast<int>(row.refusal))) return row;
    const int status = error_row(error.code).http_status;
    if (status == 429) return refusal_row(Refusal::too_many_requests);
    return refusal_row(status >= 500 ? Refusal::temporarily_unavailable : Refusal::invalid_request);
}

/// "Basic <base64 of id:secret>" (RFC 6749 section 2.3.1). False when there is such a header and it is malformed, or
/// when it comes beside another secret.
bool read_basic(std::string_view authorization, app::auth::TokenRequest& request) {
    constexpr std::string_view scheme = "basic ";
    if (authorization.size() < scheme.size() ||
        !net::equals_ignoring_case(authorization.substr(0, scheme.size()), scheme))
        return true;
    const auto decoded = base64_decode(authorization.substr(scheme.size()));
    if (!decoded || request.client_secret) return false;
    const std::string_view pair = text_of(*decoded);
    const auto colon = pair.find(':');
    if (colon == std::string_view::npos) return false;
    if (!request.client_id.empty() && request.client_id != pair.substr(0, colon)) return false;
    request.client_id = pair.substr(0, colon);
    request.client_secret = pair.substr(colon + 1);
    return true;
}

Result<TokenDto> grant(Call& call, const TokenRequestDto& dto, std::string_view default_grant) {
    app::auth::TokenRequest request;
    request.grant_type = dto.grant_type.value_or(std::string(default_grant));
    request.client_id = dto.client_id.value_or("");
    request.client_secret = dto.client_secret;
    request.username = dto.username;
    request.password = dto.password;
    request.refresh_token = dto.refresh_token;
    request.scope = dto.scope;
    if (!read_basic(call.header("authorization"), request)) return refused(Refusal::invalid_client);

    auto granted = call.context.services.tokens.grant(request);
    if (!granted) return refused(granted.error());
    TokenDto token;
    token.access_token = std::move(granted->access_token);
    token.expires_in = granted->expires_in;
    if (!granted->refresh_token.empty()) token.refresh_token = std::move(granted->refresh_token);
    token.scope = std::move(granted->scope);
    return token;
}

}  // namespace

Result<TokenDto> get_token(Call& call, const Form<TokenRequestDto>& form) { return grant(call, form.value, ""); }

Result<TokenDto> refresh_token(Call& call, const Form<TokenRequestDto>& form) {
    return grant(call, form.value, "refresh_token");
}

Result<JwksDto> get_jwks(Call& call) {
    JwksDto set;
    for (const auto& key : call.context.services.tokens.verification_keys()) set.keys.push_back({key.jwk()});
    call.set_header("Cache-Control", "public, max-age=300");
    return set;
}

Result<AuthorizationServerDto> get_authorization_server(Call& call) {
    AuthorizationServerDto metadata;
    metadata.issuer = call.context.services.tokens.settings().issuer;
    const std::string base = metadata.issuer.starts_with("http") ? metadata.issuer : std::string();
    metadata.token_endpoint = base + "/connect/token";
    metadata.jwks_uri = base + "/.well-known/jwks.json";
    metadata.grant_types_supported = {"password", "client_credentials", "refresh_token"};
    metadata.scopes_supported = {"Issuing", "Acquiring", "offline_access"};
    metadata.token_endpoint_auth_methods_supported = {"none", "client_secret_post", "client_secret_basic"};
    return metadata;
}

net::HttpResponse oauth_refusal(const Error& error, app::Language) {
    const RefusalRow& row = row_of(error);
    net::HttpResponse response;
    response.status = row.http_status;
    response.body = protocol::json::encode(OAuthErrorDto{std::string(row.word), std::string(row.description)});
    if (row.http_status == 401) response.headers.emplace_back("WWW-Authenticate", R"(Basic realm="takas")");
    if (row.http_status == 429 || row.http_status == 503) response.headers.emplace_back("Retry-After", "1");
    return response;
}

}  // namespace takas::api::auth
