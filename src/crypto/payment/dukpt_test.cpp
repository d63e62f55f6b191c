#include <bit>
#include <set>

#include "crypto/payment/dukpt_aes.hpp"
#include "crypto/payment/dukpt_tdes.hpp"
#include "crypto/payment/mac.hpp"
#include "crypto/payment/test_keys.hpp"

namespace takas::crypto::payment {
namespace {

const Bytes tdes_bdk = from_hex("0123456789ABCDEFFEDCBA9876543210");

Bytes tdes_ksn(std::uint32_t counter) {
    Bytes ksn = from_hex("FFFF9876543210E00000");
    ksn[7] |= static_cast<std::uint8_t>(counter >> 16);
    ksn[8] = static_cast<std::uint8_t>(counter >> 8);
    ksn[9] = static_cast<std::uint8_t>(counter);
    return ksn;
}

Bytes aes_ksn(std::uint32_t counter) {
    Bytes ksn = from_hex("123456789012345600000000");
    for (std::size_t i = 0; i < 4; ++i) ksn[8 + i] = static_cast<std::uint8_t>(counter >> (24 - 8 * i));
    return ksn;
}

TEST(dukpt_tdes, takes_only_counters_that_a_terminal_reaches) {
    EXPECT_FALSE(TdesKsn::from(tdes_ksn(0)));
    EXPECT_EQ(TdesKsn::from(tdes_ksn(1))->counter(), 1);
    EXPECT_EQ(TdesKsn::from(tdes_ksn(0x1FF800))->counter(), 0x1FF800);  // the last one
    EXPECT_TRUE(TdesKsn::from(tdes_ksn(0x0003FF)));
    EXPECT_FALSE(TdesKsn::from(tdes_ksn(0x0007FF)));
    EXPECT_FALSE(TdesKsn::from(tdes_ksn(0x1FFFFF)));
    for (const std::size_t size : {0uz, 8uz, 9uz, 11uz, 12uz})
        EXPECT_EQ(TdesKsn::from(Bytes(size)).error(), Fault::ksn_refused);
}

TEST(dukpt_tdes, gives_every_transaction_and_use_another_key) {
    std::set<std::string> keys;
    std::size_t count = 0;
    for (std::uint32_t counter = 1; counter < 3000; ++counter) {
        const auto ksn = TdesKsn::from(tdes_ksn(counter));
        if (!ksn) continue;
        const DoubleKey key = *tdes_transaction_key(tdes_bdk, *ksn);
        keys.insert(hex_encode(key.reveal()));
        for (const TdesDukptUse use : {TdesDukptUse::pin, TdesDukptUse::mac_request, TdesDukptUse::mac_response,
                                       TdesDukptUse::data_request, TdesDukptUse::data_response})
            keys.insert(hex_encode(tdes_working_key(key, use).reveal()));
        count += 6;
    }
    EXPECT_EQ(keys.size(), count);
    EXPECT_GT(count, 6000);
}

TEST(dukpt_tdes, enciphers_data_as_the_standard_s_example) {
    // X9.24-1:2009 annex A.4, the first transaction: the track data filled with zeros, CBC from zeros.
    const DoubleKey key = *tdes_transaction_key(tdes_bdk, *TdesKsn::from(tdes_ksn(1)));
    Bytes data = padded(Padding::zeros, bytes_of("4012345678909D987"));
    cbc_encrypt(tdes_working_key(key, TdesDukptUse::data_request), DesBlock{}, data, data);
    EXPECT_EQ(hex_encode(data), "fc0d53b7ea1fda9ee68aaf2e70d9b9506229be2aa993f04f");
}

TEST(dukpt_tdes, refuses_other_key_lengths) {
    EXPECT_EQ(tdes_initial_key(Bytes(24), tdes_ksn(1)).error(), Fault::key_length_refused);
    EXPECT_EQ(tdes_initial_key(tdes_bdk, Bytes(8)).error(), Fault::ksn_refused);
    EXPECT_EQ(tdes_transaction_key(Bytes(8), *TdesKsn::from(tdes_ksn(1))).error(), Fault::key_length_refused);
}

TEST(dukpt_aes, takes_only_counters_that_a_terminal_reaches) {
    EXPECT_FALSE(AesKsn::from(aes_ksn(0)));
    EXPECT_EQ(AesKsn::from(aes_ksn(1))->counter(), 1);
    EXPECT_TRUE(AesKsn::from(aes_ksn(0x0000FFFF)));
    EXPECT_FALSE(AesKsn::from(aes_ksn(0x0001FFFF)));
    EXPECT_TRUE(AesKsn::from(aes_ksn(0xFFFF0000)));
    EXPECT_FALSE(AesKsn::from(aes_ksn(0xFFFF0001)));
    for (const std::size_t size : {0uz, 8uz, 10uz, 11uz, 13uz})
        EXPECT_EQ(AesKsn::from(Bytes(size)).error(), Fault::ksn_refused);
}

TEST(dukpt_aes, gives_keys_of_the_length_asked_for_and_never_stronger_than_their_root) {
    using enum AesDukptKeyType;
    for (const std::size_t bdk_bytes : {16uz, 24uz, 32uz}) {
        const Bytes bdk = random_octets(bdk_bytes);
        const auto ksn = *AesKsn::from(aes_ksn(0x00010203));
        const auto key = *aes_transaction_key(bdk, ksn);
        EXPECT_EQ(key.size(), bdk_bytes);
        std::set<std::string> keys;
        std::size_t count = 0;
        for (const AesDukptKeyType type : {tdea2, tdea3, aes128, aes192, aes256, hmac128, hmac192, hmac256}) {
            const bool fits = type == tdea2 || type == tdea3 || key_bytes(type) <= bdk_bytes;
            for (const AesDukptUse use :
                 {AesDukptUse::key_encryption, AesDukptUse::pin, AesDukptUse::mac_generation,
                  AesDukptUse::mac_verification, AesDukptUse::mac_both_ways, AesDukptUse::data_encryption,
                  AesDukptUse::data_decryption, AesDukptUse::data_both_ways}) {
                const auto working = aes_working_key(key.reveal(), ksn, use, type);
                ASSERT_EQ(working.has_value(), fits);
                if (!fits) continue;
                EXPECT_EQ(working->size(), key_bytes(type));
                keys.insert(hex_encode(working->reveal()));
                ++count;
            }
        }
        EXPECT_EQ(keys.size(), count);
    }
}

TEST(dukpt_aes, starts_from_the_initial_key_as_from_the_base_key) {
    const Bytes bdk = random_octets(32);
    const auto ksn = *AesKsn::from(aes_ksn(0x80000001));
    const auto initial = *aes_initial_key(bdk, ksn.initial_key_id());
    EXPECT_EQ(hex_encode(aes_transaction_key_from_initial(initial.reveal(), ksn)->reveal()),
              hex_encode(aes_transaction_key(bdk, ksn)->reveal()));
    EXPECT_EQ(aes_initial_key(Bytes(8), ksn.initial_key_id()).error(), Fault::key_length_refused);
    EXPECT_EQ(aes_initial_key(bdk, Bytes(7)).error(), Fault::ksn_refused);
}

}  // namespace
}  // namespace takas::crypto::payment
