#include "core/card/embossing.hpp"

#include <gtest/gtest.h>

namespace takas::core::card {
namespace {

TEST(Embossing, NamesAreWrittenAsMachinesCan) {
    EXPECT_EQ(embossed_line("Ayşe Yılmaz"), "AYSE YILMAZ");
    EXPECT_EQ(embossed_line("çiğdem öztürk ışık"), "CIGDEM OZTURK ISIK");
    EXPECT_EQ(embossed_line("İSMAİL KÂMİL ĞÜŞÖÇ"), "ISMAIL KAMIL GUSOC");
    EXPECT_EQ(embossed_line("Jürgen Groß-Åkesson"), "JURGEN GROSS-AKESSON");
    EXPECT_EQ(embossed_line("AYSE YILMAZ"), "AYSE YILMAZ");
    EXPECT_EQ(embossed_line("Örnek Tic. & San. A.Ş. 2/B"), "ORNEK TIC. & SAN. A.S. 2/B");
    EXPECT_EQ(embossed_line("i\u0307lker"), "ILKER");
}

TEST(Embossing, BlanksAndSignsAreMadePlain) {
    EXPECT_EQ(embossed_line("  Ayşe \u00A0 Nur  "), "AYSE NUR");
    EXPECT_EQ(embossed_line("O’Brien – D`Arcy"), "O'BRIEN - D'ARCY");
    EXPECT_EQ(embossed_line(""), "");
    EXPECT_EQ(embossed_line("   "), "");
}

TEST(Embossing, WhatHasNoFormIsRefused) {
    for (const char* line : {"Иван", "山田", "A^B", "A%B", "A?B", "A;B", "😀", "A_B", "A=B", "A*B"})
        EXPECT_EQ(embossed_line(line), std::nullopt) << line;
}

}  // namespace
}  // namespace takas::core::card
