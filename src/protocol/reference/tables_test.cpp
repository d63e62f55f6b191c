#include "protocol/reference/tables.hpp"

#include <gtest/gtest.h>

#include <charconv>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "protocol/json/value.hpp"

namespace takas::protocol::reference {
namespace {

int number(std::string_view text) {
    int value = -1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

TEST(reference_tables, currencies_agree_with_the_published_samples) {
    std::ifstream file(TAKAS_SOURCE_DIR "/tests/golden/currency_samples.json");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto document = json::parse(text);
    ASSERT_TRUE(document);
    const auto cases = document->root().find("cases");
    ASSERT_TRUE(cases && cases->size() > 0);
    for (const json::Value row : *cases) {
        const auto code = row.find("in")->find("code")->text();
        const auto* currency = currency_by_alpha(code);
        ASSERT_NE(currency, nullptr) << code;
        EXPECT_EQ(currency->numeric, number(row.find("out")->find("numeric")->text()));
        EXPECT_EQ(currency->minor_units, number(row.find("out")->find("minor_units")->text()));
        EXPECT_EQ(currency_by_numeric(currency->numeric), currency);
    }
}

TEST(reference_tables, minor_units_are_those_of_list_one) {
    EXPECT_EQ(currency_by_alpha("XOF")->minor_units, 0);
    EXPECT_EQ(currency_by_alpha("BHD")->minor_units, 3);
    EXPECT_EQ(currency_by_alpha("UYW")->minor_units, 4);
    EXPECT_EQ(currency_by_alpha("XAU")->minor_units, std::nullopt);
    EXPECT_EQ(currency_by_alpha("XXX")->minor_units, std::nullopt);
    std::map<int, int> count;
    for (const Currency& c : currencies()) ++count[c.minor_units ? *c.minor_units : -1];
    EXPECT_EQ(count[0], 17);
    EXPECT_EQ(count[3], 7);
    EXPECT_EQ(count[4], 2);
    EXPECT_EQ(count[-1], 13);
    EXPECT_GT(count[2], 120);
}

TEST(reference_tables, know_the_latest_amendments) {
    for (const auto& [alpha, number] : {std::pair{"XCG", 532}, {"ZWG", 924}, {"XAD", 396}}) {
        const Currency* const currency = currency_by_alpha(alpha);
        ASSERT_NE(currency, nullptr) << alpha;
        EXPECT_EQ(currency->minor_units, 2);
        EXPECT_EQ(currency_by_numeric(number), currency);
    }
    EXPECT_EQ(currency_by_alpha("ANG")->numeric, 532);
}

TEST(reference_tables, finds_countries_by_every_code_and_name) {
    const Country* const tr = country_by_alpha2("TR");
    ASSERT_NE(tr, nullptr);
    EXPECT_EQ(tr->name, "Türkiye");
    EXPECT_EQ(country_by_alpha3("TUR"), tr);
    EXPECT_EQ(country_by_numeric(792), tr);
    for (const auto* name : {"Türkiye", "Turkey", "TURKEY", "Republic of Türkiye"})
        EXPECT_EQ(country_by_name(name), tr);
    EXPECT_EQ(country_by_name("bolivia"), country_by_alpha2("BO"));
    EXPECT_EQ(countries().size(), 249U);
}

TEST(reference_tables, codes_are_unique) {
    std::set<int> currency_numbers, country_numbers, mccs;
    std::set<std::string_view> alpha3;
    for (const Currency& c : currencies())
        if (c.alpha != "ANG") EXPECT_TRUE(currency_numbers.insert(c.numeric).second) << c.alpha;
    for (const Country& c : countries()) EXPECT_TRUE(country_numbers.insert(c.numeric).second) << c.alpha2;
    for (const Country& c : countries()) EXPECT_TRUE(alpha3.insert(c.alpha3).second) << c.alpha3;
    for (const MerchantCategory& c : merchant_categories()) EXPECT_TRUE(mccs.insert(c.mcc).second) << c.mcc;
}

TEST(reference_tables, names_merchant_categories) {
    EXPECT_EQ(mcc_name(5411), "Grocery Stores, Supermarkets");
    EXPECT_EQ(mcc_name(5812), "Eating Places and Restaurants");  // trimmed
    EXPECT_EQ(mcc_name(742), "Veterinary Services");
    EXPECT_GT(merchant_categories().size(), 1000U);
}

TEST(reference_tables, unknown_codes_are_nothing) {
    for (const int code : {-1, 0, 1, 1000, 1'000'000}) {
        EXPECT_EQ(currency_by_numeric(code), nullptr) << code;
        EXPECT_EQ(country_by_numeric(code), nullptr) << code;
    }
    EXPECT_EQ(currency_by_alpha("try"), nullptr);
    EXPECT_EQ(currency_by_alpha(""), nullptr);
    EXPECT_EQ(country_by_alpha2("ZZ"), nullptr);
    EXPECT_EQ(country_by_alpha3(""), nullptr);
    EXPECT_EQ(country_by_name(""), nullptr);
    for (const int mcc : {-1, 0, 1, 10'000}) EXPECT_EQ(mcc_name(mcc), "") << mcc;
}

}  // namespace
}  // namespace takas::protocol::reference
