#include "app/card_security/contactless_track.hpp"

#include <gtest/gtest.h>

namespace takas::app::card_security {
namespace {

using crypto::payment::ContactlessCode;

TEST(contactless_track, takes_the_digits_from_their_places) {
    const auto visa = read_contactless(ContactlessCode::dcvv, "1234567800120");
    ASSERT_TRUE(visa);
    EXPECT_EQ(visa->code, "678");
    EXPECT_EQ(visa->atc, "0012");
    EXPECT_EQ(visa->unpredictable, "");
    const auto mastercard = read_contactless(ContactlessCode::cvc3, "1234567801271");
    ASSERT_TRUE(mastercard);
    EXPECT_EQ(mastercard->code, "678");
    EXPECT_EQ(mastercard->atc, "012");
    EXPECT_EQ(mastercard->unpredictable, "7");
}

TEST(contactless_track, refuses_other_forms) {
    EXPECT_FALSE(read_contactless(ContactlessCode::dcvv, "12345678"));
    EXPECT_FALSE(read_contactless(ContactlessCode::dcvv, "123456780012X"));
    EXPECT_FALSE(read_contactless(ContactlessCode::cvc3, "1234567801272")) << "two digits of the terminal's number";
    EXPECT_FALSE(read_contactless(ContactlessCode::none, "1234567800120"));
}

TEST(contactless_track, finds_the_next_counter_with_these_digits) {
    EXPECT_EQ(atc_ending_in("012", -1), 12);
    EXPECT_EQ(atc_ending_in("000", -1), 0);
    EXPECT_EQ(atc_ending_in("012", 11), 12);
    EXPECT_EQ(atc_ending_in("012", 12), 1012) << "the same digits again are a counter far ahead";
    EXPECT_EQ(atc_ending_in("001", 999), 1001);
    EXPECT_EQ(atc_ending_in("5535", 65'000), 65'535);
    EXPECT_EQ(atc_ending_in("5535", 65'535), std::nullopt);
}

TEST(contactless_track, writes_what_the_algorithms_take) {
    EXPECT_EQ(last_digits(1234, 3), "234");
    EXPECT_EQ(last_digits(7, 4), "0007");
    EXPECT_EQ(static_discretionary("1234567801271"), "1234500000000");
    EXPECT_EQ(octets_of_atc(0x1234), (std::array<std::uint8_t, 2>{0x12, 0x34}));
    EXPECT_EQ(octets_of_unpredictable("7"), (std::array<std::uint8_t, 4>{0, 0, 0, 0x07}));
    EXPECT_EQ(octets_of_unpredictable("123"), (std::array<std::uint8_t, 4>{0, 0, 0x01, 0x23}));
}

}  // namespace
}  // namespace takas::app::card_security
