// Why no token is given, in the words of OAuth 2.0 (RFC 6749 section 5.2). One table: enumerator, word, status,
// sentence.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace takas::app::auth {

enum class Refusal : std::uint8_t {
    invalid_request,
    invalid_client,
    invalid_grant,
    unauthorized_client,
    unsupported_grant_type,
    invalid_scope,
    too_many_requests,
    temporarily_unavailable,
};

struct RefusalRow {
    Refusal refusal;
    std::string_view word;
    std::uint16_t http_status;
    std::string_view description;  ///< the same for every cause, so that it tells nothing about users
};

inline constexpr std::array<RefusalRow, 8> refusal_rows{{
    {Refusal::invalid_request, "invalid_request", 400, "A parameter is missing, repeated or malformed."},
    {Refusal::invalid_client, "invalid_client", 401, "The client is unknown or its secret is wrong."},
    {Refusal::invalid_grant, "invalid_grant", 400,
     "The user name, the password or the refresh token is not valid, or the user may not sign in now."},
    {Refusal::unauthorized_client, "unauthorized_client", 400, "The client may not use this grant type."},
    {Refusal::unsupported_grant_type, "unsupported_grant_type", 400,
     "The grant type is none of password, client_credentials and refresh_token."},
    {Refusal::invalid_scope, "invalid_scope", 400, "None of the scopes asked for exists or was granted before."},
    {Refusal::too_many_requests, "temporarily_unavailable", 429, "Too many sign-ins at once; try again in a moment."},
    {Refusal::temporarily_unavailable, "temporarily_unavailable", 503, "Tokens cannot be given right now."},
}};

constexpr const RefusalRow& refusal_row(Refusal refusal) { return refusal_rows[static_cast<std::size_t>(refusal)]; }
static_assert([] {
    for (std::size_t i = 0; i < refusal_rows.size(); ++i)
        if (static_cast<std::size_t>(refusal_rows[i].refusal) != i) return false;
    return true;
}());

}  // namespace takas::app::auth
