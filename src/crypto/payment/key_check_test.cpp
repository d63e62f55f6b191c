#include "crypto/payment/key_check.hpp"

#include <bit>

#include "crypto/payment/test_keys.hpp"

namespace takas::crypto::payment {
namespace {

TEST(key_check, shows_what_consoles_show) {
    const Bytes tdes = from_hex("0123456789ABCDEFFEDCBA9876543210");
    EXPECT_EQ(kcv_text(*CipherKey::tdes(tdes)), "08D7B4");
    const Bytes aes = from_hex("3F419E1CB7079442AA37474C2EFBF8B8");
    EXPECT_EQ(kcv_text(*CipherKey::aes(aes)), "08793E25AB");
}

TEST(key_check, makes_parity_odd_and_touches_nothing_else) {
    for (unsigned value = 0; value < 256; ++value) {
        Bytes key{static_cast<std::uint8_t>(value)};
        set_odd_parity(key);
        EXPECT_EQ(std::popcount(key[0]) % 2, 1);
        EXPECT_EQ(key[0] & 0xFE, value & 0xFE);
        EXPECT_TRUE(has_odd_parity(key));
    }
    EXPECT_FALSE(has_odd_parity(from_hex("0100")));
}

TEST(key_check, knows_keys_that_are_less_than_they_look) {
    EXPECT_TRUE(is_weak_tdes_key(Bytes(16)));
    EXPECT_TRUE(is_weak_tdes_key(from_hex("01010101010101010101010101010101")));
    EXPECT_TRUE(is_weak_tdes_key(from_hex("0123456789ABCDEF0123456789ABCDEF")));
    EXPECT_TRUE(is_weak_tdes_key(from_hex("0123456789ABCDEF0022446688AACCEE")));
    EXPECT_FALSE(is_weak_tdes_key(from_hex("0123456789ABCDEFFEDCBA9876543210")));
    EXPECT_FALSE(is_weak_tdes_key(from_hex("0123456789ABCDEFFEDCBA98765432100123456789ABCDEF")));
    EXPECT_TRUE(is_weak_tdes_key(from_hex("0123456789ABCDEFFEDCBA9876543210FEDCBA9876543210")));
}

TEST(key_check, knows_the_weak_keys_of_des_in_every_part) {
    for (const std::string_view weak :
         {"0101010101010101", "FEFEFEFEFEFEFEFE", "E0E0E0E0F1F1F1F1", "1F1F1F1F0E0E0E0E", "01FE01FE01FE01FE",
          "FE01FE01FE01FE01", "1FE01FE00EF10EF1", "E01FE01FF10EF10E", "01E001E001F101F1", "E001E001F101F101",
          "1FFE1FFE0EFE0EFE", "FE1FFE1FFE0EFE0E", "011F011F010E010E", "1F011F010E010E01", "E0FEE0FEF1FEF1FE",
          "FEE0FEE0FEF1FEF1", "0000000000000000", "FFFFFFFFFFFFFFFF"}) {
        EXPECT_TRUE(is_weak_tdes_key(from_hex(std::string(weak) + "0123456789ABCDEF"))) << weak;
        EXPECT_TRUE(is_weak_tdes_key(from_hex("0123456789ABCDEF" + std::string(weak)))) << weak;
    }
}

}  // namespace
}  // namespace takas::crypto::payment
