#include "crypto/aead.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>

#include "crypto/random.hpp"

namespace takas::crypto {
namespace {

TEST(aead, opens_what_it_sealed) {
    EXPECT_TRUE(rc::check([](std::uint32_t key_id, const Bytes& plaintext, const Bytes& associated) {
        const SecretBytes key = random_secret(aead_key_bytes);
        const auto sealed = seal(key_id, key, plaintext, associated);
        RC_ASSERT(sealed.has_value());
        RC_ASSERT(sealed->size() == plaintext.size() + seal_overhead_bytes);
        RC_ASSERT(sealed_key_id(*sealed).value() == key_id);
        const auto opened = open(key, *sealed, associated);
        RC_ASSERT(opened.has_value());
        RC_ASSERT(constant_time_equal(opened->reveal(), plaintext));
    }));
}

TEST(aead, has_the_documented_form) {
    const SecretBytes key = random_secret(aead_key_bytes);
    const Bytes one = seal(0x01020304, key, bytes_of("4242"), {}).value();
    EXPECT_EQ(Bytes(one.begin(), one.begin() + 5), (Bytes{1, 1, 2, 3, 4}));
    const Bytes two = seal(0x01020304, key, bytes_of("4242"), {}).value();
    EXPECT_NE(Bytes(one.begin() + 5, one.begin() + 17), Bytes(two.begin() + 5, two.begin() + 17)) << "fresh nonces";
}

// NIST GCM test case 13: zero key, zero nonce, no content; the tag must not match ours, which also covers the header.
TEST(aead, refuses_a_tag_that_leaves_the_header_out) {
    const auto foreign_tag = {0x53, 0x0f, 0x8a, 0xfb, 0xc7, 0x45, 0x36, 0xb9,
                              0xa9, 0x63, 0xb4, 0xf1, 0xc4, 0xcb, 0x73, 0x8b};
    Bytes sealed{1, 0, 0, 0, 1};
    sealed.resize(17);
    for (const int octet : foreign_tag) sealed.push_back(static_cast<std::uint8_t>(octet));
    EXPECT_FALSE(open(SecretBytes(aead_key_bytes), sealed, {}));
}

TEST(aead, refuses_any_changed_octet_and_any_cut) {
    const SecretBytes key = random_secret(aead_key_bytes);
    const Bytes sealed = seal(7, key, bytes_of("4242424242424242"), bytes_of("card 1")).value();
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            Bytes changed = sealed;
            changed[i] ^= static_cast<std::uint8_t>(1U << bit);
            EXPECT_FALSE(open(key, changed, bytes_of("card 1"))) << i;
        }
        EXPECT_FALSE(open(key, ByteView(sealed).first(i), bytes_of("card 1"))) << i;
    }
    Bytes longer = sealed;
    longer.push_back(0);
    EXPECT_FALSE(open(key, longer, bytes_of("card 1")));
}

TEST(aead, refuses_another_place_and_another_key) {
    const SecretBytes key = random_secret(aead_key_bytes);
    const Bytes sealed = seal(7, key, bytes_of("4242"), associated_data({"card", "1"})).value();
    EXPECT_TRUE(open(key, sealed, associated_data({"card", "1"})));
    EXPECT_FALSE(open(key, sealed, associated_data({"card", "2"})));
    EXPECT_FALSE(open(key, sealed, associated_data({"card1", ""})));
    EXPECT_FALSE(open(key, sealed, {}));
    EXPECT_FALSE(open(random_secret(aead_key_bytes), sealed, associated_data({"card", "1"})));
}

TEST(aead, a_failure_does_not_spoil_the_next_call) {
    const SecretBytes key = random_secret(aead_key_bytes);
    const Bytes sealed = seal(7, key, bytes_of("4242"), {}).value();
    EXPECT_FALSE(open(key, sealed, bytes_of("x")));
    EXPECT_TRUE(open(key, sealed, {}));
}

TEST(aead, refuses_wrong_sizes) {
    EXPECT_FALSE(seal(1, SecretBytes(16), bytes_of("x"), {}));
    EXPECT_FALSE(seal(1, SecretBytes(aead_key_bytes), Bytes((1 << 20) + 1), {}));
    EXPECT_FALSE(open(SecretBytes(16), Bytes(seal_overhead_bytes, 1), {}));
    EXPECT_FALSE(sealed_key_id({}));
}

}  // namespace
}  // namespace takas::crypto
