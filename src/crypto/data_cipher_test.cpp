#include "crypto/data_cipher.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/encoding.hpp"
#include "crypto/random.hpp"

namespace takas::crypto {
namespace {

TEST(data_cipher, agrees_with_the_published_vectors) {
    // The GCM specification (McGrew, Viega), test cases 2 and 14: a zero key, nonce and block; nonce | ciphertext |
    // tag.
    const Bytes zero_nonce(gcm_nonce_bytes);
    const auto opened = [&](std::size_t key_bytes, const char* ciphertext_and_tag) {
        Bytes encrypted = zero_nonce;
        const Bytes rest = *hex_decode(ciphertext_and_tag);
        encrypted.insert(encrypted.end(), rest.begin(), rest.end());
        const auto clear = gcm_decrypt(Bytes(key_bytes), encrypted, {});
        return clear && constant_time_equal(clear->reveal(), Bytes(16));
    };
    EXPECT_TRUE(opened(16, "0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf"));
    EXPECT_TRUE(opened(32, "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"));
    EXPECT_FALSE(opened(32, "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab918"));
}

TEST(data_cipher, round_trips_and_notices_every_change) {
    EXPECT_TRUE(rc::check([](const Bytes& text, const Bytes& associated) {
        const auto key = random_secret(*rc::gen::element<std::size_t>(16, 24, 32));
        const auto encrypted = gcm_encrypt(key.reveal(), text, associated);
        RC_ASSERT(encrypted.has_value());
        const auto back = gcm_decrypt(key.reveal(), *encrypted, associated);
        RC_ASSERT(back.has_value());
        RC_ASSERT(constant_time_equal(back->reveal(), text));
        Bytes altered = *encrypted;
        altered[*rc::gen::inRange<std::size_t>(0, altered.size())] ^= 0x10;
        RC_ASSERT(!gcm_decrypt(key.reveal(), altered, associated));
        Bytes other = associated;
        other.push_back(0);
        RC_ASSERT(!gcm_decrypt(key.reveal(), *encrypted, other));
        RC_ASSERT(!gcm_decrypt(random_secret(32).reveal(), *encrypted, associated));
    }));
}

TEST(data_cipher, refuses_lengths_that_do_not_fit) {
    EXPECT_FALSE(gcm_encrypt(Bytes(15), {}, {}));
    EXPECT_FALSE(gcm_encrypt(Bytes(32), Bytes(gcm_content_max_bytes + 1), {}));
    EXPECT_FALSE(gcm_decrypt(Bytes(32), Bytes(27), {}));
    EXPECT_TRUE(gcm_encrypt(Bytes(32), {}, {}));
}

}  // namespace
}  // namespace takas::crypto
