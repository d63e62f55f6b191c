#include "protocol/json/value.hpp"

#include <gtest/gtest.h>

#include <array>

namespace takas::protocol::json {
namespace {

using namespace std::string_view_literals;

std::string position_of(std::string_view body) {
    const auto parsed = parse(body);
    if (parsed || parsed.error().data.empty()) return "";
    return parsed.error().data[0].second;
}

TEST(json_value, keeps_source_text_and_order) {
    const auto document =
        parse(R"( {"b": [1, -0.50, 1e400], "a": {"x": "\u0131\ud83d\ude00\n\"", "y": null}, "t": true} )");
    ASSERT_TRUE(document);
    const Value root = document->root();
    ASSERT_TRUE(root.is_object());
    EXPECT_EQ(root.size(), 3U);
    std::vector<std::string_view> numbers, keys;
    for (const Value member : root) keys.push_back(member.key());
    const Value list = *root.find("b");
    for (const Value element : list) numbers.push_back(element.text());
    EXPECT_EQ(keys, (std::vector{"b"sv, "a"sv, "t"sv}));
    EXPECT_EQ(numbers, (std::vector{"1"sv, "-0.50"sv, "1e400"sv}));
    EXPECT_EQ(root.find("a")->find("x")->text(), "ı😀\n\"");
    EXPECT_TRUE(root.find("a")->find("y")->is_null());
    EXPECT_EQ(root.find("t")->text(), "true");
    EXPECT_FALSE(root.find("x"));
    EXPECT_FALSE(root.find("t")->find("x"));
}

TEST(json_value, takes_every_kind_of_root_and_white_space_around_it) {
    for (const auto body : {"1"sv, " \"\" "sv, "\t\r\nnull\r\n"sv, "[]"sv, "{}"sv, "true"sv, "-0"sv, "1E-2"sv})
        EXPECT_TRUE(parse(body)) << body;
    EXPECT_EQ(parse("123456789012345678901234567890.1234567890")->root().text(),
              "123456789012345678901234567890.1234567890");
}

// One row per way to be wrong; every one is malformed_json, none is repaired.
constexpr std::array bad_bodies{
    ""sv,
    " "sv,
    "\0"sv,
    "\xEF\xBB\xBF{}"sv,
    "{"sv,
    "}"sv,
    "["sv,
    "]"sv,
    "{]"sv,
    "[}"sv,
    "{}{}"sv,
    "{} x"sv,
    "{},"sv,
    "[1,]"sv,
    "[,1]"sv,
    "[1 2]"sv,
    "{\"a\":1,}"sv,
    "{,}"sv,
    "{\"a\"}"sv,
    "{\"a\":}"sv,
    "{\"a\" 1}"sv,
    "{\"a\":1 \"b\":2}"sv,
    "{a:1}"sv,
    "{'a':1}"sv,
    "{1:1}"sv,
    "{\"a\":1,\"a\":2}"sv,
    "{\"a\":1,\"\\u0061\":2}"sv,
    "{\"x\":{\"a\":1,\"b\":1,\"a\":1}}"sv,
    "{\"\":1,\"\":1}"sv,
    "//c\n{}"sv,
    "/*c*/{}"sv,
    "{}//"sv,
    "# c\n{}"sv,
    "nul"sv,
    "NULL"sv,
    "True"sv,
    "tru"sv,
    "falsee"sv,
    "undefined"sv,
    "NaN"sv,
    "Infinity"sv,
    "-Infinity"sv,
    "01"sv,
    "-01"sv,
    "+1"sv,
    ".5"sv,
    "1."sv,
    "-"sv,
    "1e"sv,
    "1e+"sv,
    "1.e5"sv,
    "0x10"sv,
    "1_000"sv,
    "1,5"sv,
    "--1"sv,
    "\"a"sv,
    "a\""sv,
    "'a'"sv,
    "\"a\nb\""sv,
    "\"\t\""sv,
    "\"a\0b\""sv,
    "\"\\u0000\""sv,
    "{\"\\u0000\":1}"sv,
    "\"\\x41\""sv,
    "\"\\u12\""sv,
    "\"\\u12G4\""sv,
    "\"\\\""sv,
    "\"\\'\""sv,
    "\"\\ud800\""sv,
    "\"\\ud800\\u0041\""sv,
    "\"\\udc00\""sv,
    "\"\\ud800x\""sv,
    "\"\\ud83d\\ud83d\""sv,
    "\"\x80\""sv,
    "\"\xC0\xAF\""sv,
    "\"\xC3\""sv,
    "\"\xC3\x28\""sv,
    "\"\xE0\x80\x80\""sv,
    "\"\xED\xA0\x80\""sv,
    "\"\xF0\x80\x80\x80\""sv,
    "\"\xF4\x90\x80\x80\""sv,
    "\"\xF5\x80\x80\x80\""sv,
    "\"\xFF\""sv,
    "{\"\xFF\":1}"sv,
    "{}\0"sv,
    "\xFF\xFE{\0}\0"sv,
    "[1]\x0C"sv,
    "\xC2\xA0{}"sv,
    "[\"a\":1]"sv,
    "1e99999999999"sv,
    "{\"a\"::1}"sv,
    "[[]"sv,
    "{\"a\":[}"sv,
};

TEST(json_value, refuses_everything_that_is_not_strict_json) {
    static_assert(bad_bodies.size() >= 64);
    for (const auto body : bad_bodies) {
        const auto parsed = parse(body);
        ASSERT_FALSE(parsed) << body;
        EXPECT_EQ(parsed.error().code, ErrorCode::malformed_json) << body;
        ASSERT_EQ(parsed.error().data.size(), 1U);
        EXPECT_EQ(parsed.error().data[0].first, "position");
    }
}

TEST(json_value, says_where_reading_stopped) {
    EXPECT_EQ(position_of("{\"a\": tru}"), "6");
    EXPECT_EQ(position_of("{} x"), "3");
    EXPECT_EQ(position_of("[1,2"), "4");
}

TEST(json_value, bounds_depth_nodes_and_bytes) {
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    EXPECT_TRUE(parse(nested(32)));
    EXPECT_FALSE(parse(nested(33)));
    EXPECT_TRUE(parse(nested(64), {.max_depth = 1000}));
    EXPECT_FALSE(parse(nested(65), {.max_depth = 1000}));
    EXPECT_FALSE(parse(std::string(900'000, '[')));
    EXPECT_FALSE(parse("[" + std::string(900'000, '{')));

    std::string many = "[0";
    for (int i = 0; i < 20'000; ++i) many += ",0";
    EXPECT_EQ(parse(many + "]").error().code, ErrorCode::malformed_json);
    EXPECT_TRUE(parse(many + "]", {.max_nodes = 20'002}));

    const std::string text = '"' + std::string(1'000'000, 'x') + '"';
    EXPECT_EQ(parse(text)->root().text().size(), 1'000'000U);
    EXPECT_EQ(parse(text, {.max_bytes = 1000}).error().code, ErrorCode::body_too_large);
}

TEST(json_value, a_parser_is_usable_again_after_success_and_failure) {
    Parser parser;
    for (int i = 0; i < 3; ++i) {
        EXPECT_FALSE(parser.parse("{\"a\":[1,2,"));
        EXPECT_FALSE(parser.parse("{\"a\":1,\"a\":1}"));
        const auto value = parser.parse("{\"b\":\"c\"}");
        ASSERT_TRUE(value);
        EXPECT_EQ(value->find("b")->text(), "c");
        EXPECT_EQ(value->find("b")->key(), "b");
    }
}

}  // namespace
}  // namespace takas::protocol::json
