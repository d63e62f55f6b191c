#include "crypto/keyring.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "crypto/random.hpp"

namespace takas::crypto {
namespace {

const Instant now = Instant::from_seconds(1'900'000'000);

TEST(keyring, is_born_with_one_key_for_each_purpose) {
    const Keyring ring = Keyring::generate(now);
    ASSERT_EQ(ring.keys().size(), EnumNames<KeyPurpose>::values.size());
    for (const EnumName& row : EnumNames<KeyPurpose>::values) {
        const DataKey& key = ring.active(static_cast<KeyPurpose>(row.value));
        EXPECT_EQ(ring.find(key.id), &key);
        EXPECT_EQ(key.bytes.size(), data_key_bytes);
    }
    EXPECT_EQ(ring.find(99), nullptr);
}

TEST(keyring, survives_its_text) {
    Keyring ring = Keyring::generate(now);
    ring.rotate(KeyPurpose::pan_encryption, now.plus_seconds(60));
    const SecretBytes kek = random_secret(data_key_bytes);
    const std::string text = ring.to_text(kek).value();
    const auto back = Keyring::from_text(text, kek);
    ASSERT_TRUE(back) << back.error().internal_detail;
    ASSERT_EQ(back->keys().size(), ring.keys().size());
    for (std::size_t i = 0; i < ring.keys().size(); ++i) {
        const DataKey& a = ring.keys()[i];
        const DataKey& b = back->keys()[i];
        EXPECT_TRUE(a.id == b.id && a.purpose == b.purpose && a.state == b.state && a.created_at == b.created_at);
        EXPECT_TRUE(constant_time_equal(a.bytes.reveal(), b.bytes.reveal()));
    }
    EXPECT_EQ(back->to_text(kek), text);
}

TEST(keyring, text_shows_no_key) {
    const Keyring ring = Keyring::generate(now);
    const SecretBytes kek = random_secret(data_key_bytes);
    const std::string text = ring.to_text(kek).value();
    const auto holds = [&](const SecretBytes& key) {
        const ByteView octets = key.reveal();
        return !std::ranges::search(bytes_of(text), octets.first(8)).empty();
    };
    EXPECT_FALSE(holds(kek));
    for (const DataKey& key : ring.keys()) EXPECT_FALSE(holds(key.bytes));
}

TEST(keyring, names_a_wrong_key_encryption_key) {
    const std::string text = Keyring::generate(now).to_text(random_secret(data_key_bytes)).value();
    const auto ring = Keyring::from_text(text, random_secret(data_key_bytes));
    ASSERT_FALSE(ring);
    EXPECT_EQ(ring.error().internal_detail, "the keyring was wrapped under another key-encryption key");
    EXPECT_FALSE(Keyring::from_text(text, SecretBytes(16)));
    EXPECT_FALSE(Keyring::generate(now).to_text(SecretBytes(16)));
}

TEST(keyring, refuses_any_changed_octet_cut_or_addition) {
    const SecretBytes kek = random_secret(data_key_bytes);
    const std::string text = Keyring::generate(now).to_text(kek).value();
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string changed = text;
        changed[i] = static_cast<char>(changed[i] ^ 0x20);
        EXPECT_FALSE(Keyring::from_text(changed, kek)) << i;
        EXPECT_FALSE(Keyring::from_text(std::string_view(text).substr(0, i), kek)) << i;
    }
    EXPECT_FALSE(Keyring::from_text(text + "\n", kek));
    EXPECT_FALSE(Keyring::from_text("\n" + text, kek));
    EXPECT_FALSE(Keyring::from_text(text + text, kek));
    EXPECT_FALSE(Keyring::from_text("", kek));
}

TEST(keyring, rotation_keeps_reading_what_was_sealed) {
    Keyring ring = Keyring::generate(now);
    const std::uint32_t old_id = ring.active(KeyPurpose::pan_encryption).id;
    const Bytes sealed = ring.seal(KeyPurpose::pan_encryption, bytes_of("4242"), bytes_of("card 1")).value();
    const std::uint32_t new_id = ring.rotate(KeyPurpose::pan_encryption, now);
    EXPECT_GT(new_id, old_id);
    EXPECT_EQ(ring.active(KeyPurpose::pan_encryption).id, new_id);
    EXPECT_EQ(ring.find(old_id)->state, KeyState::decrypt_only);
    EXPECT_EQ(text_of(ring.open(KeyPurpose::pan_encryption, sealed, bytes_of("card 1")).value().reveal()), "4242");
    EXPECT_FALSE(ring.open(KeyPurpose::pan_encryption, sealed, bytes_of("card 2")));
    EXPECT_FALSE(ring.open(KeyPurpose::secret_encryption, sealed, bytes_of("card 1"))) << "another purpose";
    EXPECT_FALSE(Keyring::generate(now).open(KeyPurpose::pan_encryption, sealed, bytes_of("card 1"))) << "another ring";
}

TEST(keyring, fingerprints_pin_the_keys) {
    Keyring ring = Keyring::generate(now);
    const std::string pinned = ring.fingerprints();
    EXPECT_TRUE(ring.check_fingerprints(pinned));
    EXPECT_TRUE(ring.check_fingerprints(""));
    ring.rotate(KeyPurpose::pan_lookup, now);
    EXPECT_TRUE(ring.check_fingerprints(pinned)) << "newer keys may have come";
    const auto other = Keyring::generate(now).check_fingerprints(pinned);
    ASSERT_FALSE(other);
    EXPECT_TRUE(other.error().internal_detail.starts_with("the keyring lacks key 1:")) << other.error().internal_detail;
    EXPECT_EQ(key_fingerprint(SecretBytes(data_key_bytes)).size(), 16);
}

}  // namespace
}  // namespace takas::crypto
