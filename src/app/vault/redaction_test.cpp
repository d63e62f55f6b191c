#include "app/vault/redaction.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/encoding.hpp"

namespace takas::app::vault {
namespace {

constexpr std::string_view pan = "5528790000000008";

CardContent card() {
    CardContent c;
    c.number = pan;
    c.identity = "10000000146";
    return c;
}
std::string hidden(std::string_view text, std::string_view cvv = "123") { return redacted(text, card(), cvv); }

std::string each_digit(std::string_view digits, auto&& spell) {
    std::string out;
    for (const char c : digits) out += spell(c);
    return out;
}

TEST(Redaction, HidesNumberCodeAndIdentity) {
    EXPECT_EQ(hidden(R"({"pan":"5528790000000008","code":"123","amount":12300,"id":10000000146})"),
              R"({"pan":"552879******0008","code":"***","amount":12300,"id":***********})");
    EXPECT_EQ(hidden("x15528790000000008y"), "x1552879******0008y");
    EXPECT_EQ(hidden("5528790000000009 1234 0123"), "5528790000000009 1234 0123");
    EXPECT_EQ(hidden("approved"), "approved");
    EXPECT_EQ(hidden(""), "");
    EXPECT_EQ(redacted("123 5528790000000008", CardContent(), ""), "123 5528790000000008");
}

TEST(Redaction, HidesGroupedDigits) {
    for (const std::string_view text :
         {"5528 7900 0000 0008", "5528-7900-0000-0008", "5528.7900.0000.0008", "5528\u00a07900\u00a00000\u00a00008",
          "5528\u20117900\u20110000\u20110008", "5-5-2-8-7-9-0-0-0-0-0-0-0-0-0-8", "5 5 2 8 7 9 0 0 0 0 0 0 0 0 0 8"})
        EXPECT_EQ(hidden(text), "552879******0008") << text;
    EXPECT_EQ(hidden(R"(["5", "5", "2", "8", "7", "9", "0", "0", "0", "0", "0", "0", "0", "0", "0", "8"])"),
              R"(["552879******0008"])");
    EXPECT_EQ(hidden(each_digit(pan, [](char c) { return std::string(1, c) + '\0'; })).substr(0, 16),
              "552879******0008");
    EXPECT_EQ(hidden("５５２８７９０００００００００８"), "552879******0008");
    EXPECT_EQ(hidden("1-2-3 1, 2, 3"), "***** 1, 2, 3");
}

TEST(Redaction, SeesThroughEscapes) {
    const auto percent = [](char c) { return std::string("%3") + c; };
    const auto json = [](char c) { return std::string("\\u003") + c; };
    EXPECT_EQ(hidden(each_digit(pan, percent)), "552879******0008");
    EXPECT_EQ(hidden("cvv=" + each_digit("123", percent) + "&"), "cvv=*********&");
    EXPECT_EQ(hidden(each_digit(pan, json)), "552879******0008");
    EXPECT_EQ(hidden("\"" + each_digit("123", json) + "\""), "\"" + std::string(18, '*') + "\"");
    EXPECT_EQ(hidden(each_digit(pan, [](char c) { return std::string("\\\\u003") + c; })), "552879******0008");
    EXPECT_EQ(hidden(each_digit(pan, [](char c) { return std::string("%253") + c; })), "552879******0008");
    EXPECT_EQ(hidden(each_digit(pan, [](char c) { return std::string("\\x3") + c; })), "552879******0008");
    EXPECT_EQ(hidden(each_digit(pan, [](char c) { return "&#" + std::to_string(int{c}) + ';'; })), "552879******0008");
    EXPECT_EQ(hidden(each_digit(pan, [](char c) { return std::string("&#x3") + c + ';'; })), "552879******0008");
    EXPECT_EQ(hidden("5528&nbsp;7900%2000000008"), "552879******0008");
    EXPECT_EQ(hidden("%5528790000000008"), "%552879******0008") << "an escape may swallow digits";
    EXPECT_EQ(hidden("100%25 \\u0041 &amp; \\"), "100%25 \\u0041 &amp; \\");
}

TEST(Redaction, SeesThroughHexadecimal) {
    const std::string text = R"({"cvv":"123","pan":"5528790000000008"})";
    const std::string hex = hex_encode(bytes_of(text));
    const std::string out = hidden(hex);
    ASSERT_EQ(out.size(), hex.size());
    EXPECT_EQ(out.find(hex_encode(bytes_of(pan))), std::string::npos);
    EXPECT_EQ(out.find(hex_encode(bytes_of(std::string_view("123")))), std::string::npos);
    EXPECT_EQ(out.substr(0, 16), hex.substr(0, 16)) << "what is no card stays";
    const auto spaced = [](std::string_view before) {
        return each_digit(pan, [&](char c) { return std::string(before) + '3' + c; });
    };
    for (const std::string_view before : {" ", ":", "0x", ", 0x", "\\x", "00"})
        EXPECT_EQ(hidden(spaced(before)).find("35"), std::string::npos) << before;
    EXPECT_EQ(hidden(hex_encode(bytes_of(std::string_view("5528 7900-0000 0008")))), std::string(38, '*'));
    EXPECT_EQ(hidden("31323334 3031323300"), "31323334 3031323300") << "1234 and 0123 are other numbers";
}

TEST(Redaction, SeesThroughBase64) {
    for (std::size_t before = 0; before < 4; ++before) {
        const std::string text = std::string(before, 'x') + std::string(pan) + "|123|yz";
        for (const std::string& encoded : {base64_encode(bytes_of(text)), base64url_encode(bytes_of(text)),
                                           "/a/b/" + base64_encode(bytes_of(text))}) {
            const std::string out = hidden(R"({"echo":")" + encoded + R"("})");
            EXPECT_TRUE(out.starts_with(R"({"echo":")") && out.ends_with(R"("})")) << out;
            EXPECT_GE(std::ranges::count(out, '*'), 21) << out;
        }
    }
    EXPECT_EQ(hidden(R"({"id":"MTIz"})"), R"({"id":"****"})");
    std::string wrapped = base64_encode(bytes_of(pan));
    const std::size_t middle = wrapped.size() / 2;
    EXPECT_GE(std::ranges::count(hidden(std::string(wrapped).insert(middle, "\r\n")), '*'), 22);
    EXPECT_GE(std::ranges::count(hidden(std::string(wrapped).insert(middle, "\\n")), '*'), 22);
    const std::string packed = base64_encode(*hex_decode("57115528790000000008d331"));
    EXPECT_EQ(hidden(packed).substr(4, 8), "********") << hidden(packed);
    const std::string other = base64_encode(bytes_of(std::string_view("4546711234567894|999|")));
    EXPECT_EQ(hidden(other), other);
}

TEST(Redaction, WhatTwoFindTogetherIsHiddenWhole) {
    EXPECT_EQ(redacted("5528 790 0000 00008", card(), "790"), "552879******0008");
    const std::string out = hidden("123-123");
    EXPECT_EQ(out.find('1'), std::string::npos) << out;
}

}  // namespace
}  // namespace takas::app::vault
