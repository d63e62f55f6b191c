#include "crypto/payment/mac.hpp"

#include "crypto/payment/test_keys.hpp"

namespace takas::crypto::payment {
namespace {

TEST(mac, pads_by_the_three_methods) {
    const Bytes data = from_hex("010203");
    EXPECT_EQ(hex_encode(padded(Padding::zeros, data)), "0102030000000000");
    EXPECT_EQ(hex_encode(padded(Padding::one_and_zeros, data)), "0102038000000000");
    EXPECT_EQ(hex_encode(padded(Padding::length_first, data)), "00000000000000180102030000000000");
    const Bytes whole = from_hex("0102030405060708");
    EXPECT_EQ(padded(Padding::zeros, whole), whole);
    EXPECT_EQ(hex_encode(padded(Padding::one_and_zeros, whole)), "01020304050607088000000000000000");
    EXPECT_EQ(padded(Padding::zeros, {}).size(), 8);
    EXPECT_EQ(hex_encode(padded(Padding::one_and_zeros, {}, 16)), "80000000000000000000000000000000");
}

TEST(mac, is_the_same_by_view_and_by_key_and_with_long_data) {
    const DoubleKey key = double_key("0123456789ABCDEFFEDCBA9876543210");
    for (const std::size_t size : {0uz, 1uz, 8uz, 255uz, 256uz, 257uz, 5000uz}) {
        const Bytes data = random_octets(size);
        EXPECT_EQ(*retail_mac(key.reveal(), Padding::one_and_zeros, data),
                  retail_mac(key, Padding::one_and_zeros, data));
        // With equal halves algorithm 3 is algorithm 1 with single DES.
        const DoubleKey same = double_key("0123456789ABCDEF0123456789ABCDEF");
        EXPECT_EQ(retail_mac(same, Padding::zeros, data),
                  *cbc_mac(*CipherKey::tdes(same.reveal().first(8)), Padding::zeros, data));
    }
}

TEST(mac, changes_with_every_bit_of_data) {
    const DoubleKey key = double_key("0123456789ABCDEFFEDCBA9876543210");
    Bytes data = random_octets(29);
    const DesBlock before = retail_mac(key, Padding::one_and_zeros, data);
    const Bytes aes_key(32, 7);
    AesBlock cmac_before;
    cmac(*CipherKey::aes(aes_key), data, cmac_before);
    for (std::size_t bit = 0; bit < data.size() * 8; ++bit) {
        data[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
        EXPECT_NE(retail_mac(key, Padding::one_and_zeros, data), before);
        AesBlock changed;
        cmac(*CipherKey::aes(aes_key), data, changed);
        EXPECT_NE(changed, cmac_before);
        data[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    }
}

TEST(mac, refuses_other_keys_and_too_much_data) {
    const Bytes data(8);
    EXPECT_EQ(retail_mac(ByteView(Bytes(8)), Padding::zeros, data).error(), Fault::key_length_refused);
    EXPECT_EQ(cbc_mac(*CipherKey::aes(Bytes(16)), Padding::zeros, data).error(), Fault::key_length_refused);
    const Bytes much(max_mac_data_bytes + 1);
    EXPECT_EQ(retail_mac(ByteView(Bytes(16)), Padding::zeros, much).error(), Fault::data_length_refused);
}

}  // namespace
}  // namespace takas::crypto::payment
