#include "base/describe.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "base/strong_id.hpp"

namespace takas {
namespace describe_test {

enum class Colour { red, dark_blue };

struct Leaf {
    std::string address_line_1;
    Colour colour{};
};

struct Tree {
    TokenId token_id;
    std::optional<std::int16_t> height;
    std::vector<Leaf> leaves;
};

}  // namespace describe_test

template <>
struct EnumNames<describe_test::Colour> {
    static constexpr std::string_view name = "Colour";
    static constexpr std::array values{EnumName{0, "Red"}, EnumName{1, "DarkBlue"}};
};
template <>
struct Describe<describe_test::Leaf> {
    static constexpr std::string_view name = "LeafDto";
    static constexpr std::array fields{
        field<&describe_test::Leaf::address_line_1>("First line").required().length(1, 60),
        field<&describe_test::Leaf::colour>("Colour"),
    };
};
template <>
struct Describe<describe_test::Tree> {
    static constexpr std::string_view name = "TreeDto";
    static constexpr std::array fields{
        field<&describe_test::Tree::token_id>("Card"),
        field<&describe_test::Tree::height>("Height in metres"),
        field<&describe_test::Tree::leaves>("Leaves"),
    };
};

namespace {

using namespace describe_test;

TEST(describe, derives_the_spellings_from_the_member_name) {
    const Field& f = Describe<Leaf>::fields[0];
    EXPECT_EQ(f.name, "address_line_1");
    EXPECT_EQ(f.camel.view(), "addressLine1");
    EXPECT_EQ(f.pascal.view(), "AddressLine1");
}

TEST(describe, reaches_values_through_the_type) {
    Tree tree;
    const auto fields = type_of<Tree>.fields();
    fields[0].type->set_integer(fields[0].member(&tree), 42);
    EXPECT_EQ(tree.token_id.value, 42);
    EXPECT_EQ(fields[1].type->value(fields[1].member(&tree)), nullptr);
    fields[1].type->inner->set_integer(fields[1].type->emplace(fields[1].member(&tree)), 7);
    EXPECT_EQ(tree.height, 7);
    EXPECT_EQ(fields[1].type->max, 32767);
    auto* leaf = static_cast<Leaf*>(fields[2].type->push_back(fields[2].member(&tree)));
    leaf->colour = Colour::dark_blue;
    EXPECT_EQ(fields[2].type->size(fields[2].member(&tree)), 1U);
    EXPECT_EQ(to_name(tree.leaves[0].colour), "DarkBlue");
    EXPECT_EQ(from_name<Colour>("Red"), Colour::red);
    EXPECT_EQ(from_name<Colour>("red"), std::nullopt);
}

TEST(error_table, has_unique_public_codes_and_both_languages) {
    std::map<std::string_view, int> seen;
    for (const auto* row = error_rows_begin(); row != error_rows_end(); ++row) {
        EXPECT_EQ(++seen[row->public_code], 1) << row->public_code;
        EXPECT_FALSE(row->english.empty() || row->turkish.empty() || row->remedy.empty()) << row->public_code;
    }
}

}  // namespace
}  // namespace takas
