#include "crypto/payment/card_code.hpp"

#include "crypto/payment/test_keys.hpp"

namespace takas::crypto::payment {
namespace {

const Bytes cvk = from_hex("0123456789ABCDEFFEDCBA9876543210");

TEST(card_code, gives_the_published_cvv) {
    EXPECT_EQ(cvv(cvk, "4123456789012345", "8701", "101")->reveal(), "561");
    EXPECT_TRUE(cvv(cvk, "4123456789012345", "8701", "101")->matches("561"));
    EXPECT_FALSE(cvv(cvk, "4123456789012345", "8701", "101")->matches("562"));
    EXPECT_FALSE(cvv(cvk, "4123456789012345", "8701", "101")->matches("5610"));
    EXPECT_FALSE(cvv(cvk, "4123456789012345", "8701", "101")->matches(""));
}

TEST(card_code, is_another_one_for_stripe_back_and_chip) {
    const auto stripe = cvv(cvk, "4123456789012345", "3012", "201");
    const auto back = cvv(cvk, "4123456789012345", "3012", service_code_of_cvv2);
    const auto chip = cvv(cvk, "4123456789012345", "3012", service_code_of_icvv);
    EXPECT_NE(stripe->reveal(), back->reveal());
    EXPECT_NE(stripe->reveal(), chip->reveal());
    EXPECT_NE(back->reveal(), chip->reveal());
}

TEST(card_code, has_three_digits_whatever_the_input) {
    EXPECT_TRUE(rc::check([] {
        const Bytes key = random_octets(16);
        const std::string pan = random_pan();
        const auto code = cvv(key, pan, random_digits(4), random_digits(3));
        RC_ASSERT(code.has_value());
        RC_ASSERT((code->size() == 3u && are_digits(code->reveal())));
        const auto five = cvc3(key, pan, "00", random_octets(19), random_octets(2), random_octets(4));
        RC_ASSERT((five->size() == 5u && are_digits(five->reveal())));
    }));
}

TEST(card_code, refuses_what_is_no_card_data) {
    EXPECT_EQ(cvv(Bytes(8), "4123456789012345", "8701", "101").error(), Fault::key_length_refused);
    EXPECT_EQ(cvv(Bytes(24), "4123456789012345", "8701", "101").error(), Fault::key_length_refused);
    EXPECT_EQ(cvv(cvk, "41234567890", "8701", "101").error(), Fault::pan_refused);
    EXPECT_EQ(cvv(cvk, "41234567890123456789", "8701", "101").error(), Fault::pan_refused);
    EXPECT_EQ(cvv(cvk, "412345678901234a", "8701", "101").error(), Fault::pan_refused);
    EXPECT_EQ(cvv(cvk, "4123456789012345", "871", "101").error(), Fault::digits_refused);
    EXPECT_EQ(cvv(cvk, "4123456789012345", "87o1", "101").error(), Fault::digits_refused);
    EXPECT_EQ(cvv(cvk, "4123456789012345", "8701", "1010").error(), Fault::digits_refused);
    EXPECT_EQ(dcvv(cvk, "4123456789012345", "00", "8701", "101", "00A1").error(), Fault::digits_refused);
    EXPECT_EQ(dcvv(cvk, "4123456789012345", "0", "8701", "101", "0011").error(), Fault::digits_refused);
    EXPECT_EQ(cvc3(cvk, "5123456789012345", "00", {}, Bytes(2), Bytes(4)).error(), Fault::data_length_refused);
    EXPECT_EQ(cvc3(cvk, "5123456789012345", "00", Bytes(19), Bytes(1), Bytes(4)).error(), Fault::data_length_refused);
    EXPECT_EQ(cavv(cvk, "4123456789012345", "1234", "01", "00").error(), Fault::digits_refused);
}

TEST(card_code, of_a_cavv_is_a_cvv_with_the_atn_for_expiry) {
    EXPECT_EQ(cavv(cvk, "4123456789012345", "8701", "1", "01")->reveal(),
              cvv(cvk, "4123456789012345", "8701", "101")->reveal());
}

}  // namespace
}  // namespace takas::crypto::payment
