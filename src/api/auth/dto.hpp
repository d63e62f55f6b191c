// Bodies of the token endpoint, with OAuth's own spellings (RFC 6749), and of the documents that describe it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/describe.hpp"

namespace takas::api::auth {

struct TokenRequestDto {
    std::optional<std::string> grant_type;
    std::optional<std::string> username;
    std::optional<std::string> password;
    std::optional<std::string> refresh_token;
    std::optional<std::string> client_id;
    std::optional<std::string> client_secret;
    std::optional<std::string> scope;
};

struct TokenDto {
    std::string access_token;
    std::string token_type = "Bearer";
    std::int64_t expires_in = 0;
    std::optional<std::string> refresh_token;
    std::string scope;
};

struct OAuthErrorDto {
    std::string error;
    std::string error_description;
};

struct JwksDto {
    std::vector<RawJson> keys;
};

struct AuthorizationServerDto {
    std::string issuer;
    std::string token_endpoint;
    std::string jwks_uri;
    std::vector<std::string> grant_types_supported;
    std::vector<std::string> response_types_supported;
    std::vector<std::string> scopes_supported;
    std::vector<std::string> token_endpoint_auth_methods_supported;
};

}  // namespace takas::api::auth

namespace takas {

template <>
struct Describe<api::auth::TokenRequestDto> {
    using T = api::auth::TokenRequestDto;
    static constexpr std::string_view name = "TokenRequestDto";
    static constexpr std::array fields{
        field<&T::grant_type>("password, client_credentials or refresh_token; the refresh-token path needs none")
            .published_as("grant_type")
            .length(1, 64)
            .example("password"),
        field<&T::username>("User name, with the password grant").length(1, 64).example("demo"),
        field<&T::password>("Password, with the password grant").length(1, 1024).secret().example("demo"),
        field<&T::refresh_token>("The newest refresh token, with the refresh_token grant")
            .published_as("refresh_token")
            .length(1, 256)
            .secret(),
        field<&T::client_id>("The application that asks; or in an HTTP Basic header")
            .published_as("client_id")
            .length(1, 64)
            .example("demo"),
        field<&T::client_secret>("Secret of a confidential application; or in an HTTP Basic header")
            .published_as("client_secret")
            .length(1, 256)
            .secret(),
        field<&T::scope>("Blank-separated: Issuing, Acquiring, offline_access")
            .length(1, 256)
            .example("Issuing Acquiring offline_access"),
    };
};

template <>
struct Describe<api::auth::TokenDto> {
    using T = api::auth::TokenDto;
    static constexpr std::string_view name = "TokenDto";
    static constexpr std::array fields{
        field<&T::access_token>("JSON Web Token (RFC 9068) for the Authorization header").published_as("access_token"),
        field<&T::token_type>("Always Bearer").published_as("token_type").example("Bearer"),
        field<&T::expires_in>("Seconds until the access token expires").published_as("expires_in").example("3600"),
        field<&T::refresh_token>("Works once, for the next tokens; none with client_credentials")
            .published_as("refresh_token"),
        field<&T::scope>("What was granted").example("Issuing Acquiring offline_access"),
    };
};

template <>
struct Describe<api::auth::OAuthErrorDto> {
    using T = api::auth::OAuthErrorDto;
    static constexpr std::string_view name = "OAuthErrorDto";
    static constexpr std::array fields{
        field<&T::error>("RFC 6749 section 5.2").required().example("invalid_grant"),
        field<&T::error_description>("For people").published_as("error_description").required(),
    };
};

template <>
struct Describe<api::auth::JwksDto> {
    using T = api::auth::JwksDto;
    static constexpr std::string_view name = "JsonWebKeySetDto";
    static constexpr std::array fields{field<&T::keys>("Public keys of access tokens (RFC 7517)").required()};
};

template <>
struct Describe<api::auth::AuthorizationServerDto> {
    using T = api::auth::AuthorizationServerDto;
    static constexpr std::string_view name = "AuthorizationServerMetadataDto";
    static constexpr std::array fields{
        field<&T::issuer>("The iss claim of access tokens").required(),
        field<&T::token_endpoint>("Where tokens are given").published_as("token_endpoint").required(),
        field<&T::jwks_uri>("Where the public keys are").published_as("jwks_uri").required(),
        field<&T::grant_types_supported>("Grant types").published_as("grant_types_supported").required(),
        field<&T::response_types_supported>("None: there is no authorization endpoint")
            .published_as("response_types_supported")
            .required(),
        field<&T::scopes_supported>("Scopes").published_as("scopes_supported").required(),
        field<&T::token_endpoint_auth_methods_supported>("How clients authenticate")
            .published_as("token_endpoint_auth_methods_supported")
            .required(),
    };
};

}  // namespace takas
