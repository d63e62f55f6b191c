#include "protocol/toml/toml.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace takas::protocol::toml {
namespace {

TEST(Toml, a_tree_knows_types_and_lines) {
    const auto root = parse(
        "# about\nformat = 1\n\n[[fee]]\nname = \"A\"\nfrom = 2031-03-01\ncriteria.mcc = 5411\n"
        "links = [\n  { product = ['X', 'Y'] },\n]\nfree = false\nrate = 1.5\n");
    ASSERT_TRUE(root) << root.error().reason;
    EXPECT_EQ(root->find("format")->text, "1");
    EXPECT_EQ(root->find("nothing"), nullptr);
    const Node& fee = root->find("fee")->children.at(0);
    EXPECT_EQ(fee.line, 4);
    EXPECT_EQ(fee.find("name")->text, "A");
    EXPECT_EQ(fee.find("name")->line, 5);
    EXPECT_EQ(fee.find("from")->type, NodeType::date);
    EXPECT_EQ(fee.find("from")->text, "2031-03-01");
    EXPECT_EQ(fee.find("criteria")->find("mcc")->text, "5411");
    EXPECT_EQ(fee.find("criteria")->find("mcc")->line, 7);
    EXPECT_EQ(fee.find("links")->children.at(0).find("product")->children.at(1).text, "Y");
    EXPECT_EQ(fee.find("free")->type, NodeType::boolean);
    EXPECT_EQ(fee.find("rate")->type, NodeType::floating);
}

TEST(Toml, mistakes_have_their_line) {
    const auto twice = parse("a = 1\nb = 2\na = 3\n");
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().line, 3);
    const auto open = parse("a = 1\nb = \"x\n");
    ASSERT_FALSE(open);
    EXPECT_EQ(open.error().line, 2);
    EXPECT_FALSE(parse("a = " + std::string(depth_max + 1, '[') + std::string(depth_max + 1, ']')));
    EXPECT_TRUE(parse("a = " + std::string(depth_max - 1, '[') + std::string(depth_max - 1, ']')));
    EXPECT_FALSE(parse(std::string(text_bytes_max + 1, ' ')));
}

TEST(Toml, a_text_with_quotes_stays_readable) {
    EXPECT_EQ(quote("Daily cash"), "\"Daily cash\"");
    EXPECT_EQ(quote("cardDci == \"Prepaid\""), "'cardDci == \"Prepaid\"'");
    EXPECT_EQ(quote("it's \"so\""), "\"it's \\\"so\\\"\"");
}

RC_GTEST_PROP(Toml, every_text_comes_back, ()) {
    const auto points = *rc::gen::container<std::string>(rc::gen::inRange<char>(0, 127));
    const std::string text = points + "şĞ€" + points;
    const auto root = parse("a = " + quote(text));
    RC_ASSERT(root.has_value());
    RC_ASSERT(root->find("a")->text == text);
}

}  // namespace
}  // namespace takas::protocol::toml
