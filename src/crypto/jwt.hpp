// Access tokens: JSON Web Tokens signed and checked by the rules of RFC 8725 (best practice) and RFC 9068 (at+jwt).
// Knows keys and claims; who may have a token, and which were revoked, is decided elsewhere.
//
// Header:  {"alg":"EdDSA","kid":"...","typ":"at+jwt"}
// Payload: iss, aud, sub, tenantid, preferred_username, role (list), scope, client_id, jti, iat, exp
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"
#include "crypto/signature.hpp"

namespace takas::crypto {

/// A longer token is refused unread. Ours are about 700 bytes; HTTP servers commonly take 8 KiB of one header.
inline constexpr std::size_t max_jwt_bytes = 8192;

/// Times are whole seconds since 1970. Texts are empty when the claim is absent; exp, iss and aud never are.
struct JwtClaims {
    std::string iss;
    std::vector<std::string> aud;
    std::string sub;
    std::string tenant_id;           ///< claim "tenantid"
    std::string username;            ///< claim "preferred_username"
    std::vector<std::string> roles;  ///< claim "role"
    std::string scope;
    std::string client_id;
    std::string jti;
    std::int64_t iat = 0;  ///< 0 when absent
    std::int64_t exp = 0;
};

struct JwtPolicy {
    std::string issuer;    ///< must be the iss
    std::string audience;  ///< must be the aud, or in it
    Instant now;
    std::int64_t tolerance_s = 0;  ///< how far clocks may differ, for exp, nbf and iat
    std::string typ = "at+jwt";    ///< media type of the header, without "application/"
};

struct VerifiedJwt {
    JwtClaims claims;
    std::string payload_json;  ///< as it was signed
};

/// header.payload.signature, with typ at+jwt. Empty texts and an iat of 0 are left out.
std::string sign_jwt(const SigningKey& key, const JwtClaims& claims);

/// Strict: three parts, base64url without padding, no duplicate members, the algorithm of the key that the kid names
/// and no other, no crit; jku, jwk, x5u and x5c are never looked at; exp, iss and aud are required. Always
/// ErrorCode::unauthenticated, with the reason in the internal detail only.
Result<VerifiedJwt> verify_jwt(std::string_view token, std::span<const VerificationKey> keys, const JwtPolicy& policy);

}  // namespace takas::crypto
