#include "crypto/payment/emv_cryptogram.hpp"

#include <set>

#include "crypto/payment/test_keys.hpp"

namespace takas::crypto::payment {
namespace {

const Bytes imk_ac = from_hex("0123456789ABCDEFFEDCBA9876543210");
constexpr CardIdentity card{"1234567890123456", "00"};

struct Purchase {
    Bytes amount = from_hex("000000004000"), other = from_hex("000000000000"), country = from_hex("0124"),
          tvr = from_hex("8000048000"), currency = from_hex("0124"), date = from_hex("191105"), type = from_hex("01"),
          un = from_hex("52BF4585"), aip = from_hex("1800"), atc = from_hex("001C"), iad = from_hex("06011203A0B800");
    ArqcInput input() const { return {amount, other, country, tvr, currency, date, type, un, aip, atc, iad}; }
};

const EmvProfile& visa18() { return *find_emv_profile("VISA_CVN18"); }

/// Every profile with an issuer application data that is long enough for it.
Purchase purchase_for(const EmvProfile& profile) {
    Purchase purchase;
    if (profile.ac_tail != AcTail::visa_cvr && profile.ac_tail != AcTail::whole_iad)
        purchase.iad = from_hex("0110A00003220000000000000000000000FF");
    return purchase;
}

TEST(emv_profiles, have_names_of_their_own) {
    std::set<std::string_view> names;
    for (const EmvProfile& profile : emv_profiles()) {
        EXPECT_TRUE(names.insert(profile.name).second) << profile.name;
        EXPECT_EQ(find_emv_profile(profile.name), &profile);
        // An answer is made under the cryptogram's key or under the card's master key: verify_arqc_and_answer relies on
        // it.
        EXPECT_TRUE(profile.arpc_key == AcSessionKey::none || profile.arpc_key == profile.ac_session_key);
    }
    EXPECT_EQ(names.size(), 9);
    EXPECT_EQ(find_emv_profile("VISA_CVN11"), nullptr);
    EXPECT_EQ(find_emv_profile(""), nullptr);
}

TEST(arqc, is_that_of_a_payment_hsm) {
    const Purchase purchase;
    const auto key = icc_master_key(MasterKeyOption::a, imk_ac, card);
    EXPECT_EQ(hex_encode(*arqc(visa18(), *key, purchase.input())), "7a788ea6b8a3e733");
    EXPECT_TRUE(*verify_arqc(visa18(), imk_ac, card, purchase.input(), from_hex("7A788EA6B8A3E733")));
    EXPECT_FALSE(*verify_arqc(visa18(), imk_ac, card, purchase.input(), from_hex("7A788EA6B8A3E7")));
    EXPECT_FALSE(*verify_arqc(visa18(), imk_ac, card, purchase.input(), {}));
}

TEST(arqc, depends_on_every_signed_octet_of_every_profile) {
    for (const EmvProfile& profile : emv_profiles()) {
        const auto key = icc_master_key(profile.master_key, imk_ac, card);
        Purchase purchase = purchase_for(profile);
        const auto before = arqc(profile, *key, purchase.input());
        ASSERT_TRUE(before) << profile.name;
        for (Bytes* part : {&purchase.amount, &purchase.other, &purchase.country, &purchase.tvr, &purchase.currency,
                            &purchase.date, &purchase.type, &purchase.un, &purchase.aip, &purchase.atc}) {
            for (std::uint8_t& octet : *part) {
                octet ^= 0x10;
                EXPECT_NE(*arqc(profile, *key, purchase.input()), *before) << profile.name;
                octet ^= 0x10;
            }
        }
        int signed_octets = 0;
        for (std::uint8_t& octet : purchase.iad) {
            octet ^= 0x10;
            signed_octets += *arqc(profile, *key, purchase.input()) != *before;
            octet ^= 0x10;
        }
        const int expected = profile.ac_tail == AcTail::visa_cvr         ? 4
                             : profile.ac_tail == AcTail::mastercard_cvr ? 6
                             : profile.ac_tail == AcTail::mastercard_cvr_and_counters
                                 ? 14
                                 : static_cast<int>(purchase.iad.size());
        EXPECT_EQ(signed_octets, expected) << profile.name;
    }
}

TEST(arqc, refuses_elements_of_other_lengths) {
    const auto key = icc_master_key(MasterKeyOption::a, imk_ac, card);
    for (const EmvProfile& profile : emv_profiles()) {
        Purchase purchase = purchase_for(profile);
        for (Bytes* part : {&purchase.amount, &purchase.other, &purchase.country, &purchase.tvr, &purchase.currency,
                            &purchase.date, &purchase.type, &purchase.un, &purchase.aip, &purchase.atc}) {
            const Bytes kept = *part;
            part->push_back(0);
            EXPECT_EQ(arqc(profile, *key, purchase.input()).error(), Fault::data_length_refused);
            part->clear();
            EXPECT_EQ(arqc(profile, *key, purchase.input()).error(), Fault::data_length_refused);
            *part = kept;
        }
        for (const std::size_t size : {0uz, 2uz, 33uz}) {
            purchase.iad = Bytes(size);
            // Two octets are an odd issuer application data, and still one that can be signed whole.
            const bool is_taken = size == 2 && profile.ac_tail == AcTail::whole_iad;
            EXPECT_EQ(arqc(profile, *key, purchase.input()).has_value(), is_taken) << profile.name << size;
        }
    }
}

TEST(arqc_and_answer, is_the_same_as_both_by_themselves) {
    const Bytes response_code = from_hex("3030");
    const Bytes csu = from_hex("00800000");
    const Bytes proprietary = from_hex("0102030405060708");
    const ArpcInput wish{response_code, csu, proprietary};
    for (const EmvProfile& profile : emv_profiles()) {
        const Purchase purchase = purchase_for(profile);
        const auto key = icc_master_key(profile.master_key, imk_ac, card);
        const DesBlock cryptogram = *arqc(profile, *key, purchase.input());
        const auto verdict = verify_arqc_and_answer(profile, imk_ac, card, purchase.input(), cryptogram, wish);
        ASSERT_TRUE(verdict && verdict->is_valid) << profile.name;
        const auto alone = arpc(profile, *key, cryptogram, purchase.atc, purchase.un, wish);
        EXPECT_EQ(hex_encode(verdict->answer.issuer_authentication_data()),
                  hex_encode(alone->issuer_authentication_data()));
        const std::string tag_91 = hex_encode(alone->issuer_authentication_data());
        EXPECT_TRUE(tag_91.starts_with(hex_encode(alone->arpc())));
        EXPECT_TRUE(tag_91.ends_with(profile.arpc == ArpcMethod::one ? "3030" : "008000000102030405060708"));

        DesBlock wrong = cryptogram;
        wrong[7] ^= 1;
        const auto refused = verify_arqc_and_answer(profile, imk_ac, card, purchase.input(), wrong, wish);
        EXPECT_FALSE(refused->is_valid);
        EXPECT_TRUE(refused->answer.arpc().empty());
    }
}

TEST(arpc, refuses_data_of_other_lengths) {
    const DoubleKey key = double_key("C8B507136D921FD05864C81F79F2D30B");
    EXPECT_EQ(arpc_method_1(key, Bytes(7), Bytes(2)).error(), Fault::data_length_refused);
    EXPECT_EQ(arpc_method_1(key, Bytes(8), Bytes(3)).error(), Fault::data_length_refused);
    EXPECT_EQ(arpc_method_2(key, Bytes(8), Bytes(2), {}).error(), Fault::data_length_refused);
    EXPECT_EQ(arpc_method_2(key, Bytes(8), Bytes(4), Bytes(9)).error(), Fault::data_length_refused);
    EXPECT_TRUE(arpc_method_2(key, Bytes(8), Bytes(4), {}).has_value());
}

}  // namespace
}  // namespace takas::crypto::payment
