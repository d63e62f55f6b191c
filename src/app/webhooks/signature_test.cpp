#include "app/webhooks/signature.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "base/encoding.hpp"
#include "protocol/json/value.hpp"

namespace takas::app::webhooks {
namespace {

std::string text_at(const protocol::json::Value& object, std::string_view name) {
    return std::string(object.find(name).value().text());
}

TEST(Signature, IsThatOfThePublishedVectors) {
    std::ifstream file(TAKAS_SOURCE_DIR "/tests/golden/standard_webhooks_published.json");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto document = protocol::json::parse(text);
    ASSERT_TRUE(document);
    int count = 0;
    const auto cases = document->root().find("cases");
    ASSERT_TRUE(cases);
    for (const auto row : *cases) {
        const auto in = row.find("in").value();
        EXPECT_EQ(standard_signature(text_at(in, "secret"), text_at(in, "webhook-id"), text_at(in, "webhook-timestamp"),
                                     text_at(in, "body")),
                  text_at(row.find("out").value(), "webhook-signature"));
        ++count;
    }
    EXPECT_GT(count, 0);
}

TEST(Signature, WantsASecretOfTheRightForm) {
    EXPECT_FALSE(standard_signature("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "1", "2", ""));
    EXPECT_FALSE(standard_signature("whsec_short", "1", "2", ""));
    EXPECT_FALSE(standard_signature("whsec_c2hvcnQ=", "1", "2", ""));
}

TEST(Signature, WithAKeyPairIsCheckedWithThePublicHalf) {
    const auto key = crypto::SigningKey::from_seed(crypto::SecretBytes(ByteView(Bytes(32, 7)))).value();
    const std::string signature = standard_signature(key, "msg_1", "1614265330", "{}");
    ASSERT_TRUE(signature.starts_with("v1a,"));
    const auto octets = base64_decode(signature.substr(4));
    ASSERT_TRUE(octets);
    EXPECT_TRUE(key.verification_key().verify(bytes_of("msg_1.1614265330.{}"), *octets));
    EXPECT_FALSE(key.verification_key().verify(bytes_of("msg_1.1614265331.{}"), *octets));
    EXPECT_EQ(base64_decode(standard_public_key(key).substr(5)),
              Bytes(key.public_key().begin(), key.public_key().end()));
    EXPECT_TRUE(standard_public_key(key).starts_with("whpk_"));
}

TEST(Signature, OfTheContractCoversTimeAndBody) {
    // printf '1614265330.{}' | openssl dgst -sha256 -hmac whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
    EXPECT_EQ(contract_signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "1614265330", "{}"),
              "sha256=f0350121c22e0191dba7cbf90fa37bdb0dcf44bb6e9a1e1ef2e47d6191282643");
}

}  // namespace
}  // namespace takas::app::webhooks
