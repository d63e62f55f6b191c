#include "crypto/siv.hpp"

#include <gtest/gtest.h>

#include "base/encoding.hpp"

namespace takas::crypto {
namespace {

Bytes hex(std::string_view text) { return hex_decode(text).value(); }

// RFC 5297 appendix A.1.
const Bytes key = hex("fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
const Bytes associated = hex("101112131415161718191a1b1c1d1e1f2021222324252627");
const Bytes content = hex("112233445566778899aabbccddee");

TEST(Siv, GivesTheVectorOfTheStandard) {
    const auto sealed = siv_seal(key, content, associated);
    ASSERT_TRUE(sealed);
    EXPECT_EQ(hex_encode(*sealed), "85632d07c6e8f37f950acd320a2ecc9340c02b9690c4dc04daef7f6afe5c");
    const auto opened = siv_open(key, *sealed, associated);
    ASSERT_TRUE(opened);
    EXPECT_EQ(hex_encode(opened->reveal()), hex_encode(content));
}

TEST(Siv, NoticesEveryChangedOctet) {
    const auto sealed = siv_seal(key, content, associated);
    ASSERT_TRUE(sealed);
    for (std::size_t i = 0; i < sealed->size(); ++i) {
        Bytes changed = *sealed;
        changed[i] ^= 1;
        EXPECT_FALSE(siv_open(key, changed, associated)) << i;
    }
    EXPECT_FALSE(siv_open(key, *sealed, hex("00")));
    Bytes another_key = key;
    another_key[31] ^= 1;
    EXPECT_FALSE(siv_open(another_key, *sealed, associated));
}

TEST(Siv, TakesBothKeyLengthsAndNoOther) {
    const Bytes long_key(64, 7);
    const auto sealed = siv_seal(long_key, content, associated);
    ASSERT_TRUE(sealed);
    EXPECT_TRUE(siv_open(long_key, *sealed, associated));
    for (const std::size_t size : {0U, 16U, 31U, 48U, 65U}) EXPECT_FALSE(siv_seal(Bytes(size, 7), content, associated));
    EXPECT_FALSE(siv_seal(key, {}, associated));
    EXPECT_FALSE(siv_open(key, Bytes(16, 1), associated));
}

}  // namespace
}  // namespace takas::crypto
