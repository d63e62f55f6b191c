// Signing and checking access tokens. The order of the checks is the order of trust: size, form, header against our
// keys, signature, and only then the payload.
#include "crypto/jwt.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "base/encoding.hpp"
#include "protocol/json/codec.hpp"
#include "protocol/json/value.hpp"

namespace takas::crypto {
namespace {

using protocol::json::append_json_string;
using protocol::json::Document;
using protocol::json::Value;
using protocol::json::ValueType;

/// A token is flat: lists of roles and audiences, and room for a foreign issuer's own claims.
constexpr protocol::json::ParseLimits json_limits{.max_depth = 8, .max_nodes = 1024, .max_bytes = max_jwt_bytes};
/// 9999-12-31T23:59:59Z. Larger times are mistakes, and adding a tolerance to them must not overflow.
constexpr std::int64_t max_time_s = 253'402'300'799;

std::unexpected<Error> refuse(std::string_view reason) {
    return fail(ErrorCode::unauthenticated, "token refused: " + std::string(reason));
}

void append_text_claim(std::string& out, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out += out.size() > 1 ? ",\"" : "\"";
    out.append(name).append("\":");
    append_json_string(out, value);
}

void append_raw_claim(std::string& out, std::string_view name, std::string_view json) {
    out += out.size() > 1 ? ",\"" : "\"";
    out.append(name).append("\":").append(json);
}

std::string json_list(const std::vector<std::string>& texts) {
    std::string out = "[";
    for (const std::string& text : texts) {
        if (out.size() > 1) out.push_back(',');
        append_json_string(out, text);
    }
    return out + "]";
}

std::string payload_of(const JwtClaims& claims) {
    std::string out = "{";
    append_text_claim(out, "iss", claims.iss);
    if (claims.aud.size() == 1) {
        append_text_claim(out, "aud", claims.aud.front());
    } else {
        append_raw_claim(out, "aud", json_list(claims.aud));
    }
    append_text_claim(out, "sub", claims.sub);
    append_text_claim(out, "tenantid", claims.tenant_id);
    append_text_claim(out, "preferred_username", claims.username);
    if (!claims.roles.empty()) append_raw_claim(out, "role", json_list(claims.roles));
    append_text_claim(out, "scope", claims.scope);
    append_text_claim(out, "client_id", claims.client_id);
    append_text_claim(out, "jti", claims.jti);
    if (claims.iat != 0) append_raw_claim(out, "iat", std::to_string(claims.iat));
    append_raw_claim(out, "exp", std::to_string(claims.exp));
    return out + "}";
}

struct Parts {
    std::string_view header, payload, signature;
    std::string_view signed_text;  ///< header.payload
};

std::optional<Parts> split(std::string_view token) {
    const std::size_t first = token.find('.');
    if (first == std::string_view::npos) return std::nullopt;
    const std::size_t second = token.find('.', first + 1);
    if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) return std::nullopt;
    return Parts{token.substr(0, first), token.substr(first + 1, second - first - 1), token.substr(second + 1),
                 token.substr(0, second)};
}

std::string_view text_member(const Value& object, std::string_view name) {
    const auto member = object.find(name);
    return member && member->is_string() ? member->text() : std::string_view{};
}

/// RFC 7515 section 4.1.9: media types are compared without letter case, and "application/" may be left out.
bool typ_is(std::string_view typ, std::string_view expected) {
    constexpr auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    constexpr std::string_view prefix = "application/";
    if (std::ranges::equal(typ.substr(0, prefix.size()), prefix, {}, lower)) typ.remove_prefix(prefix.size());
    return std::ranges::equal(typ, expected, {}, lower, lower);
}

/// The key that the header names, if the header is one we accept.
Result<const VerificationKey*> key_for(const Value& header, std::span<const VerificationKey> keys,
                                       std::string_view typ) {
    if (!header.is_object()) return refuse("the header is no object");
    if (header.find("crit")) return refuse("the header has critical extensions");
    if (!typ_is(text_member(header, "typ"), typ)) return refuse("another typ");
    const std::string_view key_id = text_member(header, "kid");
    const auto key =
        std::ranges::find(keys, key_id, [](const VerificationKey& k) { return std::string_view(k.key_id()); });
    if (key_id.empty() || key == keys.end()) return refuse("unknown kid");
    if (text_member(header, "alg") != jose_name(key->algorithm())) return refuse("not the algorithm of the key");
    return &*key;
}

/// Whole seconds between 0 and the year 9999; nothing when the claim is absent, an error for anything else.
Result<std::optional<std::int64_t>> time_claim(const Value& payload, std::string_view name) {
    const auto claim = payload.find(name);
    if (!claim) return std::nullopt;
    const std::string_view text = claim->text();
    std::int64_t value = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (claim->type() != ValueType::number || error != std::errc{} || end != text.data() + text.size() || value < 0 ||
        value > max_time_s) {
        return refuse("a time claim is no time");
    }
    return value;
}

/// A text or a list of texts, as aud and role may be either.
Result<std::vector<std::string>> texts_claim(const Value& payload, std::string_view name) {
    std::vector<std::string> texts;
    const auto claim = payload.find(name);
    if (!claim) return texts;
    if (claim->is_string()) {
        texts.emplace_back(claim->text());
        return texts;
    }
    if (!claim->is_array()) return refuse("a list claim is no list");
    for (const Value element : *claim) {
        if (!element.is_string()) return refuse("a list claim holds something else than texts");
        texts.emplace_back(element.text());
    }
    return texts;
}

Result<void> read_texts(const Value& payload, JwtClaims& claims) {
    const std::pair<std::string_view, std::string*> rows[] = {
        {"iss", &claims.iss},
        {"sub", &claims.sub},
        {"tenantid", &claims.tenant_id},
        {"preferred_username", &claims.username},
        {"scope", &claims.scope},
        {"client_id", &claims.client_id},
        {"jti", &claims.jti},
    };
    for (const auto& [name, out] : rows) {
        const auto claim = payload.find(name);
        if (!claim) continue;
        if (!claim->is_string()) return refuse("a text claim is no text");
        *out = claim->text();
    }
    return {};
}

/// exp, nbf and iat against the clock; fills the claims' times.
Result<void> check_times(const Value& payload, const JwtPolicy& policy, JwtClaims& claims) {
    const auto exp = time_claim(payload, "exp");
    const auto nbf = time_claim(payload, "nbf");
    const auto iat = time_claim(payload, "iat");
    for (const auto* time : {&exp, &nbf, &iat})
        if (!*time) return std::unexpected(time->error());
    const std::int64_t now = policy.now.seconds();
    const std::int64_t expires = exp->value_or(-1);
    if (expires < 0) return refuse("no exp");
    if (expires + policy.tolerance_s <= now) return refuse("expired");
    if (nbf->value_or(0) > now + policy.tolerance_s) return refuse("not valid yet");
    if (iat->value_or(0) > now + policy.tolerance_s) return refuse("issued in the future");
    claims.exp = expires;
    claims.iat = iat->value_or(0);
    return {};
}

Result<JwtClaims> check_payload(const Value& payload, const JwtPolicy& policy) {
    if (!payload.is_object()) return refuse("the payload is no object");
    JwtClaims claims;
    if (auto read = read_texts(payload, claims); !read) return std::unexpected(std::move(read.error()));
    auto aud = texts_claim(payload, "aud");
    if (!aud) return std::unexpected(std::move(aud.error()));
    auto roles = texts_claim(payload, "role");
    if (!roles) return std::unexpected(std::move(roles.error()));
    claims.aud = std::move(*aud);
    claims.roles = std::move(*roles);
    if (claims.iss.empty() || claims.iss != policy.issuer) return refuse("another issuer");
    if (policy.audience.empty() || std::ranges::find(claims.aud, policy.audience) == claims.aud.end())
        return refuse("another audience");
    if (auto times = check_times(payload, policy, claims); !times) return std::unexpected(std::move(times.error()));
    return claims;
}

}  // namespace

std::string sign_jwt(const SigningKey& key, const JwtClaims& claims) {
    const std::string header =
        R"({"alg":"EdDSA","kid":")" + key.key_id() + R"(","typ":"at+jwt"})";  // the kid is base64url: nothing to escape
    std::string token = base64url_encode(bytes_of(header)) + "." + base64url_encode(bytes_of(payload_of(claims)));
    return token + "." + base64url_encode(key.sign(bytes_of(token)));
}

Result<VerifiedJwt> verify_jwt(std::string_view token, std::span<const VerificationKey> keys, const JwtPolicy& policy) {
    if (token.size() > max_jwt_bytes) return refuse("too long");
    const auto parts = split(token);
    if (!parts) return refuse("not three parts");
    const auto header_text = base64url_decode(parts->header);
    const auto payload_text = base64url_decode(parts->payload);
    const auto signature = base64url_decode(parts->signature);
    if (!header_text || !payload_text || !signature) return refuse("not base64url");
    const auto header = protocol::json::parse(text_of(*header_text), json_limits);
    if (!header) return refuse("the header is no JSON");
    const auto key = key_for(header->root(), keys, policy.typ);
    if (!key) return std::unexpected(key.error());
    if (!(*key)->verify(bytes_of(parts->signed_text), *signature)) return refuse("the signature does not fit");
    const auto payload = protocol::json::parse(text_of(*payload_text), json_limits);
    if (!payload) return refuse("the payload is no JSON");
    auto claims = check_payload(payload->root(), policy);
    if (!claims) return std::unexpected(std::move(claims.error()));
    return VerifiedJwt{std::move(*claims), std::string(text_of(*payload_text))};
}

}  // namespace takas::crypto
