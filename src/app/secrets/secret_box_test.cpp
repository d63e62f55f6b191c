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

}  // namespace
}  // namespace takas::app::secrets
