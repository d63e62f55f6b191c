#include "script.hpp"

#include <gtest/gtest.h>

namespace takas::functional {
namespace {

Script parsed(std::string_view text) {
    auto script = parse_script(std::string("# what: a test\n").append(text));
    EXPECT_TRUE(script) << (script ? "" : script.error());
    return script.value_or(Script{});
}

TEST(Script, SplitsActionAndExpectation) {
    const Script script = parsed("auth a1 amount 40.00   -> approved state = Pending\n");
    ASSERT_EQ(script.steps.size(), 1U);
    EXPECT_EQ(script.what, " a test");
    EXPECT_EQ(script.steps[0].line, 2);
    EXPECT_EQ(script.steps[0].words.size(), 4U);
    ASSERT_EQ(script.steps[0].expected.size(), 4U);
    EXPECT_EQ(script.steps[0].expected[0].text, "approved");
}

TEST(Script, ContinuesIndentedLines) {
    const Script script = parsed("call GET /x\n\n# a comment\n    -> 200\n");
    ASSERT_EQ(script.steps.size(), 1U);
    EXPECT_EQ(script.steps[0].expected.size(), 1U);
}

TEST(Script, KeepsQuotesBracketsAndEscapes) {
    const Script script = parsed(R"(call POST /x {"a": [1, "}"]} b="c d" raw "\x00\"" l[0].n)");
    const auto& words = script.steps.at(0).words;
    ASSERT_EQ(words.size(), 8U);
    EXPECT_EQ(words[3].text, R"({"a": [1, "}"]})");
    EXPECT_EQ(words[4].text, "b=c d");
    EXPECT_TRUE(words[4].quoted);
    EXPECT_EQ(words[6].text, std::string_view("\0\"", 2));
    EXPECT_EQ(words[7].text, "l[0].n");
}

TEST(Script, RefusesWhatIsNotClosedAndFilesWithoutPurpose) {
    EXPECT_FALSE(parse_script("# what: x\ncall {\"a\":1\n"));
    EXPECT_FALSE(parse_script("# what: x\ncall \"a\n"));
    EXPECT_FALSE(parse_script("call GET /x\n"));
    EXPECT_FALSE(parse_script("# what: x\n   indented first\n"));
}

}  // namespace
}  // namespace takas::functional
