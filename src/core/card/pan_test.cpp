#include "core/card/pan.hpp"

#include <gtest/gtest.h>

#include "core/card/card.hpp"

namespace takas::core::card {
namespace {

TEST(pan, is_made_only_from_a_right_number) {
    EXPECT_TRUE(Pan::parse("4111111111111111"));
    EXPECT_TRUE(Pan::parse("378282246310005"));
    for (const char* text : {"", "4111111111111112", "411111111111111a", "41111111111", "41111111111111111111"})
        EXPECT_FALSE(Pan::parse(text)) << text;
}

TEST(pan, masks_by_the_length_of_the_bin) {
    const auto pan = *Pan::parse("4111111111111111");
    EXPECT_EQ(pan.masked(8), "41111111****1111");
    EXPECT_EQ(pan.masked(6), "411111******1111");
    const std::string eleven = "41111111111", twelve = "411111111111";
    EXPECT_EQ(Pan::parse(eleven + luhn_check_digit(eleven))->masked(8).substr(0, 8), "411111**");
    EXPECT_EQ(Pan::parse(twelve + luhn_check_digit(twelve))->masked(8).substr(0, 9), "411111***");
}

TEST(pan, a_number_that_is_none_is_masked_too) {
    EXPECT_EQ(masked_number("4111111111111112", 8), "41111111****1112");
    EXPECT_EQ(masked_number("4111111111111112", 4), "4111********1112");
    EXPECT_EQ(masked_number("4111111111111112", 0), "************1112");
    EXPECT_EQ(masked_number("41111111111", 6), "***********");
    EXPECT_EQ(masked_number("", 6), "");
}

TEST(pan, check_digit_completes_a_number) {
    EXPECT_EQ(luhn_check_digit("411111111111111"), '1');
    EXPECT_EQ(luhn_check_digit("37828224631000"), '5');
    EXPECT_TRUE(luhn_valid("79927398713"));
    for (const char* text : {"", "79927398710", "7992739871:", "7992739871 "}) EXPECT_FALSE(luhn_valid(text)) << text;
}

TEST(expiry, a_card_is_good_through_the_last_day_of_its_month) {
    const Expiry january_2028 = *make_expiry(2801);
    EXPECT_FALSE(is_expired(january_2028, *make_date(2028, 1, 31)));
    EXPECT_TRUE(is_expired(january_2028, *make_date(2028, 2, 1)));
    EXPECT_EQ(expiry_after(*make_date(2026, 11, 21), 60), Expiry{3111});
    EXPECT_EQ(expiry_after(*make_date(2026, 12, 31), 1), Expiry{2701});
    EXPECT_FALSE(make_expiry(2813));
    EXPECT_FALSE(make_expiry(2800));
}

}  // namespace
}  // namespace takas::core::card
