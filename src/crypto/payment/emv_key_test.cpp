#include "crypto/payment/emv_key.hpp"

#include "crypto/payment/key_check.hpp"
#include "crypto/payment/test_keys.hpp"

namespace takas::crypto::payment {
namespace {

const Bytes imk = from_hex("0123456789ABCDEFFEDCBA9876543210");

std::string hex_of(const Outcome<DoubleKey>& key) { return key ? hex_encode(key->reveal()) : "refused"; }

TEST(icc_master_key, options_differ_only_beyond_sixteen_digits) {
    EXPECT_TRUE(rc::check([] {
        const Bytes key = random_octets(16);
        const std::string pan = random_pan();
        const std::string psn = random_digits(2);
        const auto a = icc_master_key(MasterKeyOption::a, key, {pan, psn});
        const auto b = icc_master_key(MasterKeyOption::b, key, {pan, psn});
        RC_ASSERT((has_odd_parity(a->reveal()) && has_odd_parity(b->reveal())));
        RC_ASSERT((hex_of(a) == hex_of(b)) == (pan.size() <= 16));
    }));
}

TEST(icc_master_key, looks_at_the_rightmost_digits_or_at_all) {
    const auto key = [](MasterKeyOption option, std::string_view pan, std::string_view psn) {
        return hex_of(icc_master_key(option, imk, {pan, psn}));
    };
    using enum MasterKeyOption;
    EXPECT_EQ(key(a, "9991234567890123450", "00"), key(a, "1111234567890123450", "00"));
    EXPECT_NE(key(b, "9991234567890123450", "00"), key(b, "1111234567890123450", "00"));
    EXPECT_NE(key(a, "1234567890123456", "00"), key(a, "1234567890123456", "01"));
}

TEST(icc_master_key, refuses_what_is_no_card) {
    EXPECT_EQ(icc_master_key(MasterKeyOption::a, Bytes(24), {"1234567890123456", "00"}).error(),
              Fault::key_length_refused);
    EXPECT_EQ(icc_master_key(MasterKeyOption::a, imk, {"12345", "00"}).error(), Fault::pan_refused);
    EXPECT_EQ(icc_master_key(MasterKeyOption::a, imk, {"1234567890123456", "0"}).error(), Fault::digits_refused);
    EXPECT_EQ(icc_master_key(MasterKeyOption::a, imk, {"1234567890123456", "0A"}).error(), Fault::digits_refused);
}

TEST(session_key, has_odd_parity_and_changes_with_every_transaction) {
    const DoubleKey card = double_key("C8B507136D921FD05864C81F79F2D30B");
    const Bytes un = from_hex("52BF4585");
    const auto keys_of = [&](ByteView atc) {
        return std::array{hex_of(common_ac_session_key(card, atc)), hex_of(mastercard_session_key(card, atc, un)),
                          hex_of(visa_sm_session_key(card, atc)), hex_of(emv2000_session_key(card, atc))};
    };
    const auto first = keys_of(from_hex("001C"));
    const auto second = keys_of(from_hex("001E"));
    for (std::size_t i = 0; i < first.size(); ++i) {
        EXPECT_NE(first[i], "refused");
        EXPECT_NE(first[i], second[i]);
        EXPECT_TRUE(has_odd_parity(from_hex(first[i])));
    }
}

TEST(session_key, refuses_data_of_other_lengths) {
    const DoubleKey card = double_key("C8B507136D921FD05864C81F79F2D30B");
    EXPECT_EQ(hex_of(common_ac_session_key(card, Bytes(1))), "refused");
    EXPECT_EQ(hex_of(common_sm_session_key(card, Bytes(7))), "refused");
    EXPECT_EQ(hex_of(mastercard_session_key(card, Bytes(2), Bytes(3))), "refused");
    EXPECT_EQ(hex_of(visa_sm_session_key(card, Bytes(3))), "refused");
    EXPECT_EQ(hex_of(emv2000_session_key(card, Bytes(3))), "refused");
}

TEST(session_key_tree, must_have_a_leaf_for_every_transaction) {
    const DoubleKey card = double_key("C8B507136D921FD05864C81F79F2D30B");
    const auto at = [&](unsigned height, unsigned branches) {
        const SessionKeyTree tree{static_cast<std::uint8_t>(height), static_cast<std::uint16_t>(branches), {}};
        return emv2000_session_key(card, from_hex("FFFF"), tree).has_value();
    };
    EXPECT_TRUE(at(8, 4));
    EXPECT_TRUE(at(16, 2));
    EXPECT_TRUE(at(2, 256));
    EXPECT_TRUE(at(1, 65535));
    EXPECT_FALSE(at(7, 4));
    EXPECT_FALSE(at(1, 65534));
    EXPECT_FALSE(at(15, 2));
    EXPECT_FALSE(at(0, 4));
    EXPECT_FALSE(at(17, 2));
    EXPECT_FALSE(at(8, 1));
}

}  // namespace
}  // namespace takas::crypto::payment
