#include "core/text/latin.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace takas::core::text {
namespace {

TEST(Latin, UpperCaseKeepsTheDotOfTheI) {
    EXPECT_EQ(upper_turkish("ışık isim iğne"), "IŞIK İSİM İĞNE");
    EXPECT_EQ(upper_turkish("çğöşü âîû éñø žšč ÿ ə"), "ÇĞÖŞÜ ÂÎÛ ÉÑØ ŽŠČ Ÿ Ə");
    EXPECT_EQ(upper_turkish("ÇĞIİÖŞÜ"), "ÇĞIİÖŞÜ");
    EXPECT_EQ(upper_turkish("ß ÷ × 12-a'b 日本"), "ß ÷ × 12-A'B 日本");
    EXPECT_EQ(upper_turkish("ĺľłńňŋŏőźżž"), "ĹĽŁŃŇŊŎŐŹŻŽ");
}

TEST(Latin, MarksGoAndLettersStay) {
    EXPECT_EQ(without_marks("Çağrı ŞÜKRÜ Ömer İĞDIR"), "Cagri SUKRU Omer IGDIR");
    EXPECT_EQ(without_marks("Straße Æsir œuvre Þór Łódź Ñandú Əli"), "Strasse AEsir oeuvre THor Lodz Nandu Eli");
    EXPECT_EQ(without_marks("Иван 12"), "Иван 12");
    EXPECT_EQ(without_marks("s\u0327e\u0301"), "se");
}

TEST(Latin, KeysAreEqualWhateverTheCase) {
    EXPECT_EQ(name_key("IŞIK"), name_key("ışık"));
    EXPECT_EQ(name_key("İSMAİL"), name_key("ismail"));
    EXPECT_NE(name_key("ISMAIL"), name_key("ismail"));
    EXPECT_NE(name_key("sık"), name_key("sik"));
    EXPECT_NE(name_key("Saç"), name_key("Sac"));
    EXPECT_EQ(name_key("KÂMİL"), name_key("kamil"));
    EXPECT_EQ(name_key("JOSÉ"), name_key("jose"));
    EXPECT_EQ(name_key("ИВАН"), name_key("иван"));
    EXPECT_EQ(name_key(""), "");
}

TEST(Latin, AMarkOfItsOwnBelongsToItsLetter) {
    EXPECT_EQ(name_key("i\u0307smail"), name_key("İsmail"));  // what some programs make of İ in small letters
    EXPECT_EQ(name_key("s\u0327"), name_key("ş"));
    EXPECT_EQ(name_key("g\u0306u\u0308c\u0327"), name_key("ğüç"));
}

TEST(Latin, KeysOfPartsAreParts) {
    EXPECT_NE(name_key("Kılıçdaroğlu").find(name_key("IÇDAR")), std::string::npos);
    EXPECT_EQ(name_key("Kılıçdaroğlu").find(name_key("ICDAR")), std::string::npos);
    EXPECT_NE(name_key("Ayşe Nur").find(name_key("E N")), std::string::npos);
}

TEST(Latin, KeysAreInTheOrderOfTheAlphabet) {
    const std::vector<std::string> sorted{"2 numara", "Abdullah", "Cumali",  "Çağla", "Deniz",  "Galip", "Ğali",
                                          "Hakan",    "Irmak",    "İbrahim", "Jale",  "Oya",    "Ömer",  "Qasim",
                                          "Rana",     "Sevgi",    "Şule",    "Tarık", "Ufuk",   "Ümit",  "Veli",
                                          "Walter",   "Xenia",    "Yusuf",   "Zeki",  "Дмитрий"};
    auto by_key = sorted;
    std::ranges::reverse(by_key);
    std::ranges::sort(by_key, {}, &name_key);
    EXPECT_EQ(by_key, sorted);
}

TEST(Latin, BrokenBytesDoNoHarm) {
    EXPECT_EQ(name_key("\xC5").size(), name_key("\xC5").size());
    EXPECT_FALSE(upper_turkish("a\xF0\x9F").empty());
    EXPECT_EQ(without_marks(""), "");
}

}  // namespace
}  // namespace takas::core::text
