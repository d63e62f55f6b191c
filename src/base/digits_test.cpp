#include "base/digits.hpp"

#include <gtest/gtest.h>

#include "base/utf8.hpp"

namespace takas {
namespace {

std::string ascii(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto point = take_code_point(text);
        out += point ? digit_of(*point).value_or('?') : '!';
    }
    return out;
}

TEST(Digits, OfAnyScriptHaveTheirValue) {
    EXPECT_EQ(ascii("0123456789"), "0123456789");
    EXPECT_EQ(ascii("٠١٢٣٤٥٦٧٨٩"), "0123456789");
    EXPECT_EQ(ascii("०१२३४५६७८९"), "0123456789");
    EXPECT_EQ(ascii("０１２３４５６７８９"), "0123456789");
    EXPECT_EQ(ascii("⁰¹²³⁴⁵⁶⁷⁸⁹"), "0123456789");
    EXPECT_EQ(ascii("₀₁₂₃₄₅₆₇₈₉"), "0123456789");
    EXPECT_EQ(ascii("⓪①②③④⑤⑥⑦⑧⑨"), "0123456789");
    EXPECT_EQ(ascii("𝟎𝟗𝟘𝟡𝟢𝟫𝟬𝟵𝟶𝟿"), "0909090909");
}

TEST(Digits, OthersHaveNone) { EXPECT_EQ(ascii("aZ/:½Ⅷ十 \x7f"), "?????????"); }

}  // namespace
}  // namespace takas
