#include "app/vault/bin_import.hpp"

#include <gtest/gtest.h>

namespace takas::app::vault {
namespace {

constexpr std::string_view names =
    "bin,card_bank_id,card_bank,card_brand_id,card_brand,card_family_id,card_family,card_kind_id,card_kind,card_type_"
    "id,"
    "card_type\n";

std::string table(std::string_view lines) { return std::string(names) + std::string(lines); }

TEST(BinImport, ReadsRowsWithAndWithoutAFamilyAndQuotes) {
    const auto read =
        read_bin_table(table("552879,58,Akbank,1,Master Card,4,Axess,1,Bireysel Kart,1,Credit\r\n"
                             "45467112,53,\"Ziraat, \"\"Ankara\"\"\",2,Visa,,,2,Ticari Kart,2,Debit\n"));
    ASSERT_TRUE(read.problems.empty()) << read.problems.front().why;
    ASSERT_EQ(read.rows.size(), 2U);
    EXPECT_EQ(read.rows[0].card_family, "Axess");
    EXPECT_EQ(read.rows[1].card_bank, "Ziraat, \"Ankara\"");
    EXPECT_FALSE(read.rows[1].card_family_id);
}

TEST(BinImport, NamesTheLineOfEachProblem) {
    const auto read =
        read_bin_table(table("552879,58,Akbank,1,Master Card,4,Axess,1,Bireysel Kart,1,Credit\n"
                             "5528,58,Akbank,1,Master Card,,,1,Bireysel Kart,1,Credit\n"
                             "552879,58,Akbank,1,Master Card,,,1,Bireysel Kart,1,Credit\n"
                             "552880,x,Akbank,1,Master Card,,,1,Bireysel Kart,1,Credit\n"
                             "552881,58,Akbank\n"
                             "552882,58,\"Akbank,1,Master Card,,,1,Bireysel Kart,1,Credit\n"
                             "552883,58,Akbank,1,Master Card,4,,1,Bireysel Kart,1,Credit\n"));
    ASSERT_EQ(read.problems.size(), 6U);
    for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(read.problems[i].line_no, static_cast<std::int64_t>(i) + 3);
}

TEST(BinImport, AnotherFirstLineAndAnEmptyTableAreRefused) {
    EXPECT_EQ(read_bin_table("bin,bank\n552879,Akbank\n").problems.size(), 1U);
    EXPECT_EQ(read_bin_table("").problems.size(), 1U);
    EXPECT_EQ(read_bin_table("\n" + table("552879,58,Akbank,1,Visa,,,1,Kart,1,Credit\n")).problems.size(), 1U);
    EXPECT_EQ(read_bin_table(names).problems.size(), 1U);
}

TEST(BinImport, TextsAreUtf8WithoutControlCharacters) {
    for (const char* bank : {"Ak\xff", "Ak\tbank", "Ak\xc2\x85"})
        EXPECT_EQ(
            read_bin_table(table(std::string("552879,58,") + bank + ",1,Visa,,,1,Kart,1,Credit\n")).problems.size(), 1U)
            << bank;
    EXPECT_TRUE(read_bin_table(table("552879,58,Şekerbank,1,Visa,,,1,Kart,1,Credit\n")).problems.empty());
}

}  // namespace
}  // namespace takas::app::vault
