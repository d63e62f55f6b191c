#include "crypto/key_wrap.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "crypto/random.hpp"
#include "crypto/test_vectors.hpp"

namespace takas::crypto {
namespace {

TEST(key_wrap, agrees_with_the_rfcs) {
    const auto vectors = load_vectors("aes_key_wrap_rfc");
    std::size_t count = 0;
    const auto cases = vectors.root().find("cases").value();
    for (const auto row : cases) {
        const auto in = *row.find("in");
        const SecretBytes kek = secret_from_hex(text_at(in, "kek"));
        const SecretBytes key = secret_from_hex(text_at(in, "key"));
        const Bytes wrapped = hex_decode(text_at(*row.find("out"), "wrapped")).value();
        const KeyWrap form = text_at(in, "mode") == "RFC3394" ? KeyWrap::rfc3394 : KeyWrap::rfc5649;
        EXPECT_EQ(wrap_key(form, kek, key), wrapped) << text_at(row, "id");
        const auto unwrapped = unwrap_key(form, kek, wrapped);
        ASSERT_TRUE(unwrapped) << text_at(row, "id");
        EXPECT_TRUE(constant_time_equal(unwrapped->reveal(), key.reveal())) << text_at(row, "id");
        ++count;
    }
    EXPECT_EQ(count, 8);
}

TEST(key_wrap, round_trips_every_length) {
    EXPECT_TRUE(rc::check([] {
        const SecretBytes kek = random_secret(32);
        const SecretBytes key = random_secret(*rc::gen::inRange<std::size_t>(1, 200));
        const auto wrapped = wrap_key(KeyWrap::rfc5649, kek, key);
        RC_ASSERT(wrapped.has_value());
        RC_ASSERT(wrapped->size() == (key.size() + 7) / 8 * 8 + 8);
        const auto back = unwrap_key(KeyWrap::rfc5649, kek, *wrapped);
        RC_ASSERT(back.has_value());
        RC_ASSERT(constant_time_equal(back->reveal(), key.reveal()));
    }));
}

TEST(key_wrap, refuses_changes_and_other_keys) {
    const SecretBytes kek = random_secret(32);
    const SecretBytes key = random_secret(32);
    for (const KeyWrap form : {KeyWrap::rfc3394, KeyWrap::rfc5649}) {
        const Bytes wrapped = wrap_key(form, kek, key).value();
        for (std::size_t i = 0; i < wrapped.size(); ++i) {
            Bytes changed = wrapped;
            changed[i] ^= 0x01;
            EXPECT_FALSE(unwrap_key(form, kek, changed)) << i;
            EXPECT_FALSE(unwrap_key(form, kek, ByteView(wrapped).first(i))) << i;
        }
        EXPECT_FALSE(unwrap_key(form, random_secret(32), wrapped));
    }
}

TEST(key_wrap, refuses_lengths_that_do_not_fit) {
    const SecretBytes kek(32);
    EXPECT_FALSE(wrap_key(KeyWrap::rfc3394, kek, SecretBytes(20)));
    EXPECT_FALSE(wrap_key(KeyWrap::rfc3394, kek, SecretBytes(8)));
    EXPECT_FALSE(wrap_key(KeyWrap::rfc5649, kek, SecretBytes()));
    EXPECT_FALSE(wrap_key(KeyWrap::rfc5649, SecretBytes(31), SecretBytes(16)));
    EXPECT_FALSE(wrap_key(KeyWrap::rfc5649, kek, SecretBytes(5000)));
}

}  // namespace
}  // namespace takas::crypto
