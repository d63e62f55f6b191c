#include "crypto/payment/pin_reference.hpp"

#include "crypto/payment/test_keys.hpp"

namespace takas::crypto::payment {
namespace {

const Bytes pvk = from_hex("5CA64B3C22BEC347CA7E6609904BAAED");
constexpr std::string_view pan = "4564320000980369";

TEST(pvv, is_the_published_one_also_with_a_second_scan) {
    EXPECT_EQ(pvv(pvk, 1, pan, "2205")->reveal(), "3856");
    EXPECT_EQ(pvv(pvk, 1, pan, "0654")->reveal(), "0885");
}

TEST(pvv, takes_the_first_four_digits_of_a_longer_pin) { EXPECT_EQ(pvv(pvk, 1, pan, "220599")->reveal(), "3856"); }

TEST(pvv, refuses_what_it_cannot_take) {
    EXPECT_EQ(pvv(Bytes(9), 1, pan, "2205").error(), Fault::key_length_refused);
    EXPECT_EQ(pvv(pvk, 10, pan, "2205").error(), Fault::digits_refused);
    EXPECT_EQ(pvv(pvk, 1, pan, "220").error(), Fault::pin_refused);
    EXPECT_EQ(pvv(pvk, 1, pan, "22O5").error(), Fault::pin_refused);
    EXPECT_EQ(pvv(pvk, 1, pan, "1234567890123").error(), Fault::pin_refused);
    EXPECT_EQ(pvv(pvk, 1, "456432", "2205").error(), Fault::pan_refused);
}

TEST(decimalisation, scans_twice_when_digits_are_too_few) {
    std::string digits;
    const auto take = [&](std::uint8_t digit) { digits += static_cast<char>('0' + digit); };
    decimalise(from_hex("ABCDEF12ABCDEFAB"), 4, take);
    EXPECT_EQ(digits, "1201");
    digits.clear();
    decimalise(from_hex("AAAAAAAAAAAAAAAF"), 4, take);
    EXPECT_EQ(digits, "0000");
    digits.clear();
    decimalise(from_hex("F98765"), 0, take);
    EXPECT_EQ(digits, "");
}

TEST(ibm3624, offset_and_natural_pin_give_the_pin_back) {
    EXPECT_TRUE(rc::check([] {
        const Bytes key = random_octets(*rc::gen::element<std::size_t>(8, 16, 24));
        const std::string card = random_pan();
        const std::string pin = random_pin();
        const std::string table = random_digits(16);
        Ibm3624Rules rules;
        rules.decimalization_table = table;
        rules.validation_offset = *rc::gen::inRange<std::uint8_t>(0, 8);
        rules.validation_length = *rc::gen::inRange<std::uint8_t>(
            1, static_cast<std::uint8_t>(std::min<std::size_t>(16, card.size() - rules.validation_offset) + 1));
        rules.validation_pad = *rc::gen::element('0', '9', 'A', 'F', 'f');
        const auto offset = ibm3624_offset(key, rules, card, pin);
        RC_ASSERT(offset->size() == pin.size());
        RC_ASSERT(ibm3624_pin(key, rules, card, offset->reveal())->reveal() == pin);
        const auto natural = ibm3624_natural_pin(key, rules, card, pin.size());
        RC_ASSERT(ibm3624_pin(key, rules, card, std::string(pin.size(), '0'))->reveal() == natural->reveal());
    }));
}

TEST(ibm3624, refuses_rules_that_do_not_fit) {
    const auto refused = [](auto change) {
        Ibm3624Rules rules;
        change(rules);
        return ibm3624_offset(pvk, rules, pan, "1234").error();
    };
    EXPECT_EQ(refused([](Ibm3624Rules& r) { r.decimalization_table = "012345678901234"; }), Fault::digits_refused);
    EXPECT_EQ(refused([](Ibm3624Rules& r) { r.decimalization_table = "012345678901234A"; }), Fault::digits_refused);
    EXPECT_EQ(refused([](Ibm3624Rules& r) { r.validation_length = 0; }), Fault::digits_refused);
    EXPECT_EQ(refused([](Ibm3624Rules& r) { r.validation_length = 17; }), Fault::digits_refused);
    EXPECT_EQ(refused([](Ibm3624Rules& r) { r.validation_offset = 5; }), Fault::digits_refused);
    EXPECT_EQ(refused([](Ibm3624Rules& r) { r.validation_offset = 255, r.validation_length = 16; }),
              Fault::digits_refused);
    EXPECT_EQ(refused([](Ibm3624Rules& r) { r.validation_pad = 'G'; }), Fault::digits_refused);
    EXPECT_EQ(ibm3624_pin(pvk, {}, pan, "123").error(), Fault::digits_refused);
    EXPECT_EQ(ibm3624_natural_pin(pvk, {}, pan, 13).error(), Fault::pin_refused);
}

}  // namespace
}  // namespace takas::crypto::payment
