#include "crypto/jwt.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>
#include <utility>

#include "crypto/test_vectors.hpp"

namespace takas::crypto {
namespace {

constexpr std::int64_t now_s = 1'900'000'000;

JwtPolicy policy() {
    return {.issuer = "https://takas.test/", .audience = "takas", .now = Instant::from_seconds(now_s)};
}

JwtClaims claims() {
    return {.iss = "https://takas.test/",
            .aud = {"takas"},
            .sub = "0b6f2c1e-7f55-4c0e-9a51-0d4d6f0f8f11",
            .tenant_id = "5d5f2a60-6a4f-4f0e-8a52-4a1f5b9b7d01",
            .username = "ayşe \"the operator\"",
            .roles = {"admin", "operator"},
            .scope = "issuing",
            .client_id = "demo",
            .jti = "1",
            .iat = now_s,
            .exp = now_s + 300};
}

struct Issuer {
    SigningKey key = SigningKey::generate();
    std::vector<VerificationKey> keys;
    Issuer() { keys.push_back(key.verification_key()); }

    /// A token of exactly these two JSON texts, properly signed.
    std::string sign(std::string_view header, std::string_view payload) const {
        const std::string text = base64url_encode(bytes_of(header)) + "." + base64url_encode(bytes_of(payload));
        return text + "." + base64url_encode(key.sign(bytes_of(text)));
    }
    std::string header(std::string_view more = "") const {
        return R"({"alg":"EdDSA","typ":"at+jwt","kid":")" + key.key_id() + "\"" + std::string(more) + "}";
    }
    bool accepts(const std::string& token) const { return verify_jwt(token, keys, policy()).has_value(); }
};

std::vector<VerificationKey> keys_of(const protocol::json::Value& jwks) {
    std::vector<VerificationKey> keys;
    const auto octets = [](const protocol::json::Value& jwk, std::string_view name) {
        return base64url_decode(text_at(jwk, name)).value();
    };
    const auto list = jwks.find("keys").value();
    for (const auto jwk : list) {
        const std::string kty = text_at(jwk, "kty");
        const std::string kid = text_at(jwk, "kid");
        if (kty == "RSA") keys.push_back(VerificationKey::rsa(kid, octets(jwk, "n"), octets(jwk, "e")).value());
        if (kty == "EC") keys.push_back(VerificationKey::p256(kid, octets(jwk, "x"), octets(jwk, "y")).value());
        if (kty == "OKP") keys.push_back(VerificationKey::ed25519(kid, octets(jwk, "x")).value());
    }
    return keys;
}

TEST(jwt, agrees_with_the_golden_samples) {
    const auto vectors = load_vectors("jwt_samples");
    const auto rules = *vectors.root().find("policy");
    const JwtPolicy golden_policy{.issuer = text_at(rules, "issuer"),
                                  .audience = text_at(rules, "audience"),
                                  .now = Instant::from_seconds(std::stoll(text_at(rules, "now"))),
                                  .tolerance_s = std::stoll(text_at(rules, "clock_tolerance_s")),
                                  .typ = text_at(rules, "typ")};
    const auto keys = keys_of(*vectors.root().find("jwks"));
    ASSERT_EQ(keys.size(), 3);
    std::size_t count = 0;
    const auto cases = vectors.root().find("cases").value();
    for (const auto row : cases) {
        const auto verified = verify_jwt(text_at(*row.find("in"), "token"), keys, golden_policy);
        EXPECT_EQ(verified.has_value(), text_at(*row.find("out"), "accept") == "true")
            << text_at(row, "id") << ": " << text_at(row, "why");
        if (!verified) EXPECT_EQ(verified.error().code, ErrorCode::unauthenticated);
        ++count;
    }
    EXPECT_EQ(count, 22);
}

TEST(jwt, carries_every_claim) {
    const Issuer issuer;
    const auto verified = verify_jwt(sign_jwt(issuer.key, claims()), issuer.keys, policy());
    ASSERT_TRUE(verified) << verified.error().internal_detail;
    const JwtClaims& got = verified->claims;
    EXPECT_EQ(got.iss, claims().iss);
    EXPECT_EQ(got.aud, claims().aud);
    EXPECT_EQ(got.sub, claims().sub);
    EXPECT_EQ(got.tenant_id, claims().tenant_id);
    EXPECT_EQ(got.username, claims().username);
    EXPECT_EQ(got.roles, claims().roles);
    EXPECT_EQ(got.scope, claims().scope);
    EXPECT_EQ(got.client_id, claims().client_id);
    EXPECT_EQ(got.jti, claims().jti);
    EXPECT_EQ(got.iat, claims().iat);
    EXPECT_EQ(got.exp, claims().exp);
    EXPECT_TRUE(verified->payload_json.starts_with(R"({"iss":"https://takas.test/","aud":"takas","sub":)"));
}

TEST(jwt, times_are_exact_to_the_second) {
    const Issuer issuer;
    const auto accepted = [&](std::int64_t iat, std::int64_t exp, std::int64_t tolerance_s) {
        JwtClaims c = claims();
        c.iat = iat, c.exp = exp;
        JwtPolicy p = policy();
        p.tolerance_s = tolerance_s;
        return verify_jwt(sign_jwt(issuer.key, c), issuer.keys, p).has_value();
    };
    EXPECT_TRUE(accepted(now_s, now_s + 1, 0));
    EXPECT_FALSE(accepted(now_s, now_s, 0)) << "RFC 7519: on or after exp is too late";
    EXPECT_TRUE(accepted(now_s, now_s - 29, 30));
    EXPECT_FALSE(accepted(now_s, now_s - 30, 30));
    EXPECT_TRUE(accepted(now_s + 30, now_s + 60, 30));
    EXPECT_FALSE(accepted(now_s + 31, now_s + 60, 30));
}

TEST(jwt, accepts_foreign_but_sound_payloads) {
    const Issuer issuer;
    const std::string start = R"({"iss":"https://takas.test/","exp":1900000300,)";
    EXPECT_TRUE(issuer.accepts(issuer.sign(issuer.header(), start + R"("aud":["x","takas"],"role":"admin"})")));
    EXPECT_TRUE(
        issuer.accepts(issuer.sign(issuer.header(R"(,"jku":"https://evil.test/")"), start + R"("aud":"takas"})")));
    for (const char* typ : {"AT+JWT", "application/at+jwt"}) {
        const std::string header = R"({"alg":"EdDSA","kid":")" + issuer.key.key_id() + R"(","typ":")" + typ + R"("})";
        EXPECT_TRUE(issuer.accepts(issuer.sign(header, start + R"("aud":"takas"})"))) << typ;
    }
}

TEST(jwt, refuses_unsound_headers) {
    const Issuer issuer;
    const std::string payload = R"({"iss":"https://takas.test/","aud":"takas","exp":1900000300})";
    ASSERT_TRUE(issuer.accepts(issuer.sign(issuer.header(), payload)));
    const std::string kid = R"("kid":")" + issuer.key.key_id() + "\"";
    for (const std::string& header : {
             std::string("[]"),
             std::string("{"),
             std::string(),
             issuer.header(R"(,"crit":["b64"],"b64":false)"),
             issuer.header(R"(,"crit":[])"),
             issuer.header(R"(,"alg":"EdDSA")"),
             R"({"alg":"EdDSA",)" + kid + "}",
             R"({"alg":"EdDSA","typ":"JWT",)" + kid + "}",
             R"({"alg":"ES256","typ":"at+jwt",)" + kid + "}",
             R"({"alg":"eddsa","typ":"at+jwt",)" + kid + "}",
             R"({"alg":"none","typ":"at+jwt",)" + kid + "}",
             R"({"alg":["EdDSA"],"typ":"at+jwt",)" + kid + "}",
             R"({"typ":"at+jwt",)" + kid + "}",
             std::string(R"({"alg":"EdDSA","typ":"at+jwt"})"),
             std::string(R"({"alg":"EdDSA","typ":"at+jwt","kid":""})"),
             std::string(R"({"alg":"EdDSA","typ":"at+jwt","kid":1})"),
         })
        EXPECT_FALSE(issuer.accepts(issuer.sign(header, payload))) << header;
}

TEST(jwt, refuses_unsound_payloads) {
    const Issuer issuer;
    const std::string good = R"("iss":"https://takas.test/","aud":"takas","exp":1900000300)";
    ASSERT_TRUE(issuer.accepts(issuer.sign(issuer.header(), "{" + good + "}")));
    for (const std::string& payload : {
             std::string(),
             std::string("null"),
             std::string("[1]"),
             "{" + good,
             "{" + good + "} ,",
             "{" + good + R"(,"exp":1900000301})",
             "{" + good + R"(,"nbf":1900000001})",
             "{" + good + R"(,"nbf":"0"})",
             "{" + good + R"(,"iat":1900000001})",
             "{" + good + R"(,"iat":1e400})",
             "{" + good + R"(,"iat":true})",
             "{" + good + R"(,"sub":7})",
             "{" + good + R"(,"sub":null})",
             "{" + good + R"(,"role":[1]})",
             "{" + good + R"(,"role":{}})",
             "{" + good + ",\"sub\":\"\xff\"}",
             std::string(R"({"iss":"https://takas.test/","aud":"takas"})"),
             std::string(R"({"iss":"https://takas.test/","aud":"takas","exp":1900000300.5})"),
             std::string(R"({"iss":"https://takas.test/","aud":"takas","exp":-1})"),
             std::string(R"({"iss":"https://takas.test/","aud":"takas","exp":9223372036854775807})"),
             std::string(R"({"iss":"https://takas.test/","aud":[],"exp":1900000300})"),
             std::string(R"({"iss":"https://takas.test/","aud":{"takas":1},"exp":1900000300})"),
             std::string(R"({"iss":"https://takas.test","aud":"takas","exp":1900000300})"),
             std::string(R"({"iss":["https://takas.test/"],"aud":"takas","exp":1900000300})"),
         })
        EXPECT_FALSE(issuer.accepts(issuer.sign(issuer.header(), payload))) << payload;
}

TEST(jwt, refuses_any_changed_octet_and_any_other_form) {
    const Issuer issuer;
    const std::string token = sign_jwt(issuer.key, claims());
    ASSERT_TRUE(issuer.accepts(token));
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string changed = token;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(issuer.accepts(changed)) << i;
    }
    for (const std::string& other : {token + ".", token + "=", " " + token, token + "\n", "." + token,
                                     token.substr(0, token.rfind('.')), token.substr(0, token.rfind('.') + 1)})
        EXPECT_FALSE(issuer.accepts(other)) << other;
    EXPECT_FALSE(issuer.accepts(""));
    EXPECT_FALSE(issuer.accepts(".."));
}

TEST(jwt, refuses_a_longer_token_than_the_limit) {
    const Issuer issuer;
    JwtClaims c = claims();
    c.scope = std::string(max_jwt_bytes, 'x');
    EXPECT_FALSE(issuer.accepts(sign_jwt(issuer.key, c)));
}

TEST(jwt, never_trips_over_noise) {
    const Issuer issuer;
    EXPECT_TRUE(rc::check([&](const std::string& a, const std::string& b) {
        RC_ASSERT(!issuer.accepts(a + "." + b + "." + a));
        RC_ASSERT(!issuer.accepts(issuer.sign(a, b)));
        RC_ASSERT(!issuer.accepts(issuer.sign(issuer.header(), b)));
    }));
}

}  // namespace
}  // namespace takas::crypto
