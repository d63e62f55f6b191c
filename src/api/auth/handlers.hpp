// The token endpoint and the documents that describe it.
#pragma once

#include "api/auth/dto.hpp"
#include "api/framework/endpoint.hpp"

namespace takas::api::auth {

Result<TokenDto> get_token(Call& call, const Form<TokenRequestDto>& form);
/// As get_token; the grant type may be left out.
Result<TokenDto> refresh_token(Call& call, const Form<TokenRequestDto>& form);
Result<JwksDto> get_jwks(Call& call);
Result<AuthorizationServerDto> get_authorization_server(Call& call);

/// Refusals as OAuth writes them: {"error":"invalid_grant","error_description":"..."}.
net::HttpResponse oauth_refusal(const Error& error, app::Language language);

}  // namespace takas::api::auth
