#include "crypto/rsa_transport.hpp"

#include <gtest/gtest.h>

#include "crypto/random.hpp"

namespace takas::crypto {
namespace {

struct RsaTransport : testing::Test {
    // One pair for all tests: making one takes a while.
    static const SecretBytes& pair() {
        static const SecretBytes key = *make_rsa_key(2048);
        return key;
    }
};

TEST_F(RsaTransport, carries_a_key_to_the_owner_of_the_private_half) {
    const auto spki = rsa_public_key(pair());
    ASSERT_TRUE(spki);
    EXPECT_EQ(check_rsa_public_key(*spki), 2048);
    const auto secret = random_secret(32);
    const auto wrapped = rsa_oaep_encrypt(*spki, secret.reveal());
    ASSERT_TRUE(wrapped);
    EXPECT_EQ(wrapped->size(), 256);
    EXPECT_NE(*wrapped, *rsa_oaep_encrypt(*spki, secret.reveal())) << "OAEP is random";
    const auto back = rsa_oaep_decrypt(pair(), *wrapped);
    ASSERT_TRUE(back);
    EXPECT_TRUE(constant_time_equal(back->reveal(), secret.reveal()));
}

TEST_F(RsaTransport, has_one_error_for_whatever_is_wrong) {
    const auto wrapped = *rsa_oaep_encrypt(*rsa_public_key(pair()), random_secret(16).reveal());
    for (const std::size_t at : {std::size_t{0}, std::size_t{128}, wrapped.size() - 1}) {
        Bytes altered = wrapped;
        altered[at] ^= 1;
        EXPECT_EQ(rsa_oaep_decrypt(pair(), altered).error().code, ErrorCode::hsm_data_invalid);
    }
    EXPECT_EQ(rsa_oaep_decrypt(pair(), ByteView(wrapped).first(255)).error().code, ErrorCode::hsm_data_invalid);
    EXPECT_EQ(rsa_oaep_decrypt(pair(), {}).error().code, ErrorCode::hsm_data_invalid);
    EXPECT_FALSE(rsa_oaep_decrypt(SecretBytes(100), wrapped));
}

TEST_F(RsaTransport, takes_whole_rsa_public_keys_only) {
    const Bytes spki = *rsa_public_key(pair());
    for (std::size_t size = 0; size < spki.size(); size += 7)
        EXPECT_EQ(check_rsa_public_key(ByteView(spki).first(size)).error().code, ErrorCode::hsm_public_key_refused);
    Bytes longer = spki;
    longer.push_back(0);
    EXPECT_FALSE(check_rsa_public_key(longer));
    constexpr std::size_t exponent_bytes = 5;  // tag, length, 65537: what stands behind the modulus
    Bytes even = spki;
    even[even.size() - exponent_bytes - 1] &= 0xFE;
    EXPECT_EQ(check_rsa_public_key(even).error().code, ErrorCode::hsm_public_key_refused) << "no product of two primes";
    Bytes even_exponent = spki;
    even_exponent.back() &= 0xFE;
    EXPECT_EQ(check_rsa_public_key(even_exponent).error().code, ErrorCode::hsm_public_key_refused);
    EXPECT_FALSE(check_rsa_public_key(Bytes(rsa_spki_max_bytes + 1)));
    EXPECT_FALSE(rsa_oaep_encrypt(spki, Bytes(191))) << "256 - 2 * 32 - 2 octets are the most";
    EXPECT_TRUE(rsa_oaep_encrypt(spki, Bytes(190)));
    EXPECT_FALSE(make_rsa_key(1024));
}

}  // namespace
}  // namespace takas::crypto
