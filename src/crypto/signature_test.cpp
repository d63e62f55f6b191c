#include "crypto/signature.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "crypto/random.hpp"
#include "crypto/test_vectors.hpp"

namespace takas::crypto {
namespace {

// RFC 8037 appendix A (the key of RFC 8032 section 7.1): public key, thumbprint and signature.
TEST(signature, agrees_with_rfc_8037) {
    const SigningKey key =
        SigningKey::from_seed(secret_from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
            .value();
    EXPECT_EQ(base64url_encode(key.public_key()), "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    EXPECT_EQ(key.key_id(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    const auto signature = key.sign(bytes_of("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"));
    EXPECT_EQ(base64url_encode(signature),
              "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
}

TEST(signature, verifies_what_was_signed_and_nothing_else) {
    EXPECT_TRUE(rc::check([](const Bytes& message) {
        const SigningKey key = SigningKey::generate();
        const VerificationKey verifier = key.verification_key();
        auto signature = key.sign(message);
        RC_ASSERT(verifier.verify(message, signature));
        RC_ASSERT(!verifier.verify(message, ByteView(signature).first(63)));
        RC_ASSERT(!SigningKey::generate().verification_key().verify(message, signature));
        signature[*rc::gen::inRange<std::size_t>(0, 64)] ^= 0x10;
        RC_ASSERT(!verifier.verify(message, signature));
    }));
}

TEST(signature, a_key_survives_as_its_seed) {
    const SigningKey key = SigningKey::generate();
    EXPECT_EQ(SigningKey::from_seed(key.seed()).value().key_id(), key.key_id());
    EXPECT_FALSE(SigningKey::from_seed(SecretBytes(31)));
}

TEST(signature, refuses_what_is_no_public_key) {
    EXPECT_FALSE(VerificationKey::ed25519("k", Bytes(31)));
    EXPECT_FALSE(VerificationKey::p256("k", Bytes(32, 1), Bytes(32, 1)));
    EXPECT_FALSE(VerificationKey::p256("k", Bytes(31, 1), Bytes(32, 1)));
    EXPECT_FALSE(VerificationKey::rsa("k", Bytes(128, 0xff), Bytes{1, 0, 1}));
    EXPECT_FALSE(VerificationKey::rsa("k", Bytes(256, 0xff), {}));
}

TEST(signature, writes_a_jwk_set) {
    std::vector<VerificationKey> keys;
    EXPECT_EQ(jwks_document(keys), R"({"keys":[]})");
    keys.push_back(VerificationKey::ed25519("a\"b", hex_decode("d75a980182b10ab7d54bfed3c964073a"
                                                               "0ee172f3daa62325af021a68f707511a")
                                                        .value())
                       .value());
    keys.push_back(SigningKey::generate().verification_key());
    const std::string text = jwks_document(keys);
    EXPECT_TRUE(text.starts_with(
        R"({"keys":[{"crv":"Ed25519","kty":"OKP","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":"a\"b","alg":"EdDSA","use":"sig"},{)"))
        << text;
    EXPECT_TRUE(protocol::json::parse(text));
}

}  // namespace
}  // namespace takas::crypto
