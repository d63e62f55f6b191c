#include "app/vault/checks.hpp"

#include <gtest/gtest.h>

namespace takas::app::vault {
namespace {

ErrorCode code_of(const Result<void>& result) { return result ? ErrorCode::count_ : result.error().code; }

TEST(VaultChecks, KnowBrandsByTheirRanges) {
    EXPECT_EQ(brand_of("4546711234567894"), Brand::visa);
    EXPECT_EQ(brand_of("5528790000000008"), Brand::mastercard);
    EXPECT_EQ(brand_of("2221000000000009"), Brand::mastercard);
    EXPECT_EQ(brand_of("2720990000000007"), Brand::mastercard);
    EXPECT_EQ(brand_of("2721000000000004"), Brand::unknown);
    EXPECT_EQ(brand_of("9792030394440796"), Brand::troy);
    EXPECT_EQ(brand_of("6500000000000002"), Brand::troy);
    EXPECT_EQ(brand_of("378282246310005"), Brand::amex);
    EXPECT_EQ(brand_of("3528000000000007"), Brand::jcb);
    EXPECT_EQ(brand_of("30569309025904"), Brand::diners);
    EXPECT_EQ(brand_of("6240008631401148"), Brand::unionpay);
    EXPECT_EQ(brand_of("9"), Brand::unknown);
}

TEST(VaultChecks, TakeTheSampleCardsOfTheDocumentation) {
    for (const char* number : {"5528790000000008", "4546711234567894", "5401341234567891", "4508034508034509",
                               "9792030394440796", "378282246310005"})
        EXPECT_TRUE(check_number(number)) << number;
}

TEST(VaultChecks, RefuseOtherDigitsAndLengths) {
    for (const char* number : {"", "552879000000000", "5528790000000009", "55287900000000080", "5528 7900 0000 0008",
                               "3782822463100059", "00000000000000000000"})
        EXPECT_EQ(code_of(check_number(number)), ErrorCode::vault_number_invalid) << number;
}

TEST(VaultChecks, FifteenDigitsAreNoEightAndFour) {
    EXPECT_TRUE(check_truncated("55287900", "0008"));
    EXPECT_TRUE(check_truncated("552879", "0008"));
    EXPECT_TRUE(check_truncated("378282", "0005"));
    EXPECT_EQ(code_of(check_truncated("37828224", "0005")), ErrorCode::vault_truncation_refused);
    EXPECT_EQ(code_of(check_truncated("34343434", "3434")), ErrorCode::vault_truncation_refused);
    EXPECT_TRUE(check_truncated("305693", "5904"));
    EXPECT_EQ(code_of(check_truncated("30950000", "0004")), ErrorCode::vault_truncation_refused);
    EXPECT_EQ(code_of(check_truncated("30569309", "5904")), ErrorCode::vault_truncation_refused);
    EXPECT_EQ(code_of(check_truncated("5528790", "0008")), ErrorCode::vault_number_invalid);
    EXPECT_EQ(code_of(check_truncated("55287900", "008")), ErrorCode::vault_number_invalid);
}

TEST(VaultChecks, ACardExpiresWithItsMonth) {
    const Date last_of_march = *make_date(2031, 3, 31), first_of_april = *make_date(2031, 4, 1);
    EXPECT_FALSE(is_expired(2031, 3, last_of_march));
    EXPECT_TRUE(is_expired(2031, 3, first_of_april));
    EXPECT_FALSE(is_expired(0, 0, first_of_april));
    EXPECT_EQ(code_of(check_expiry(2031, 13)), ErrorCode::vault_month_invalid);
    EXPECT_EQ(code_of(check_expiry(31, 1)), ErrorCode::vault_year_invalid);
}

TEST(VaultChecks, YearsAndMonthsOfTexts) {
    EXPECT_EQ(year_of("30"), 2030);
    EXPECT_EQ(year_of("2030"), 2030);
    EXPECT_EQ(year_of("203"), 0);
    EXPECT_EQ(year_of("3x"), 0);
    EXPECT_EQ(month_of("1"), 1);
    EXPECT_EQ(month_of("012"), 0);
}

TEST(VaultChecks, ANameHidesNoCardNumber) {
    EXPECT_TRUE(check_holder("Ayşe Yılmaz 2"));
    for (const char* name : {"", "5528 7900", "Ay\tşe", "\xff", "５５２８７９００", "٥٥٢٨٧٩٠٠", "①②③④⑤⑥⑦⑧"})
        EXPECT_EQ(code_of(check_holder(name)), ErrorCode::vault_holder_invalid) << name;
    EXPECT_EQ(code_of(check_holder(std::string(151, 'a'))), ErrorCode::vault_holder_invalid);
}

TEST(VaultChecks, VerificationCodesHaveTheirBrandsLength) {
    EXPECT_TRUE(check_cvv("", Brand::visa));
    EXPECT_TRUE(check_cvv("123", Brand::visa));
    EXPECT_TRUE(check_cvv("1234", Brand::amex));
    EXPECT_FALSE(check_cvv("1234", Brand::visa));
    EXPECT_FALSE(check_cvv("123", Brand::amex));
    EXPECT_FALSE(check_cvv("12x", Brand::visa));
}

TEST(VaultChecks, Masks) {
    EXPECT_EQ(masked_identity("10000000146"), "100*****146");
    EXPECT_EQ(masked_identity("12345"), "*****");
    EXPECT_EQ(masked_name("Ayşe Yılmaz"), "A*ş* Y*l*a*");
    CardContent card;
    card.number = "378282246310005";
    EXPECT_EQ(masked_number(card), "378282******0005");
    card.number = "30569309025904";
    EXPECT_EQ(masked_number(card), "305693******5904");
    card.number = "4222222222222";
    EXPECT_EQ(masked_number(card), "42222******2222");
    card.number = "501800000009";
    EXPECT_EQ(masked_number(card), "5018******0009");
}

TEST(VaultChecks, AReferenceIsNoCardNumber) {
    for (const char* text :
         {"5528790000000008", "pay-5528790000000008", "5528 7900 0000 0008", "5528-7900-0000-0008", "378282246310005/1",
          "５５２８７９０００００００００８", "５５２８７９００００００００００８", "٥٥٢٨٧٩٠٠٠٠٠٠٠٠٠٨"})
        EXPECT_TRUE(holds_card_number(text)) << text;
    for (const char* text : {"", "pay-20310301-1", "5528790000000009", "20310301123456789", "p55 28790 0000 0008",
                             "0b8f5528-7900-4000-8000-000855287900"})
        EXPECT_FALSE(holds_card_number(text)) << text;
}

}  // namespace
}  // namespace takas::app::vault
