#include "app/secrets/secret_box.hpp"

#include <gtest/gtest.h>

#include "base/bytes.hpp"

namespace takas::app::secrets {
namespace {

TEST(SecretBox, OpensWhatItSealedAtTheSamePlaceOnly) {
    const auto keyring = crypto::Keyring::generate(Instant{0});
    const SecretBox box(keyring);
    const auto sealed = box.seal("whsec_1", {"webhook", "7", "42"});
    ASSERT_TRUE(sealed);
    EXPECT_EQ(sealed->bytes.find("whsec"), std::string::npos);
    const auto opened = box.open(*sealed, {"webhook", "7", "42"});
    ASSERT_TRUE(opened);
    EXPECT_EQ(text_of(opened->reveal()), "whsec_1");
    EXPECT_FALSE(box.open(*sealed, {"webhook", "7", "43"}));
}

TEST(SecretBox, StillOpensAfterTheKeyWasRotated) {
    auto keyring = crypto::Keyring::generate(Instant{0});
    const SecretBox box(keyring);
    const auto sealed = box.seal("s", {"a"});
    ASSERT_TRUE(sealed);
    keyring.rotate(crypto::KeyPurpose::secret_encryption, Instant{1});
    EXPECT_TRUE(box.open(*sealed, {"a"}));
    const auto newer = box.seal("s", {"a"});
    ASSERT_TRUE(newer);
    EXPECT_NE(sealed->bytes, newer->bytes);
}

TEST(SecretBox, ProvesToThoseWithTheSameKeysOnly) {
    auto keyring = crypto::Keyring::generate(Instant{0});
    const auto stranger = crypto::Keyring::generate(Instant{0});
    const SecretBox box(keyring), other(stranger);
    const auto proof = box.prove({"a", "bc"});
    EXPECT_TRUE(box.is_proof(proof, {"a", "bc"}));
    EXPECT_FALSE(box.is_proof(proof, {"ab", "c"}));
    EXPECT_FALSE(other.is_proof(proof, {"a", "bc"}));
    const std::vector<std::string> others{"", "1", "x.", "99.", proof.substr(2), proof.substr(0, 20), '0' + proof};
    for (const auto& bad : others) EXPECT_FALSE(box.is_proof(bad, {"a", "bc"})) << bad;
    keyring.rotate(crypto::KeyPurpose::secret_encryption, Instant{1});
    EXPECT_TRUE(box.is_proof(proof, {"a", "bc"}));
    EXPECT_NE(box.prove({"a", "bc"}), proof);
}

TEST(SecretBox, NamesAreStableAndTellNothing) {
    auto keyring = crypto::Keyring::generate(Instant{0});
    const auto stranger = crypto::Keyring::generate(Instant{0});
    const SecretBox box(keyring), other(stranger);
    const auto name = box.keyed_name({"a", "4111111111111111"});
    EXPECT_EQ(name.size(), 64U);
    EXPECT_EQ(name.find("4111"), std::string::npos);
    EXPECT_NE(box.keyed_name({"a4", "111111111111111"}), name);
    EXPECT_NE(other.keyed_name({"a", "4111111111111111"}), name);
    keyring.rotate(crypto::KeyPurpose::secret_encryption, Instant{1});
    EXPECT_EQ(box.keyed_name({"a", "4111111111111111"}), name);
}

}  // namespace
}  // namespace takas::app::secrets
