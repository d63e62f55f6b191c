#include "protocol/arn/arn.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>

namespace takas::protocol::arn {
namespace {

using enum wire::Fault;

std::string built(std::string_view bin, std::string_view yddd, std::string_view film) {
    const auto text = build("7", bin, yddd, film);
    return text ? std::string(text->data(), text->size()) : "refused";
}

TEST(arn, is_built_and_taken_apart) {
    const std::string text = built("454312", "6015", "00000012345");
    ASSERT_EQ(text.substr(0, 22), "7454312601500000012345");
    const auto arn = parse(text);
    ASSERT_TRUE(arn) << describe(arn.error());
    EXPECT_EQ(arn->format_code, "7");
    EXPECT_EQ(arn->bin, "454312");
    EXPECT_EQ(arn->julian_yddd, "6015");
    EXPECT_EQ(arn->film_locator, "00000012345");
    EXPECT_EQ(arn->year_digit(), 6);
    EXPECT_EQ(arn->day_of_year(), 15);
    for (char check = '0'; check <= '9'; ++check) {
        std::string other = text;
        other.back() = check;
        EXPECT_EQ(parse(other).has_value(), check == text.back());
    }
}

TEST(arn, refuses_what_is_none) {
    const std::string good = built("454312", "6015", "00000012345");
    EXPECT_EQ(parse("").error().fault, wrong_length);
    EXPECT_EQ(parse(good + "0").error().fault, wrong_length);
    EXPECT_EQ(parse(good.substr(1)).error().fault, wrong_length);
    EXPECT_EQ(parse("A" + good.substr(1)).error().fault, not_digits);
    EXPECT_EQ(built("454312", "6000", "00000012345"), "refused");
    EXPECT_EQ(built("454312", "6367", "00000012345"), "refused");
    EXPECT_NE(built("454312", "6366", "00000012345"), "refused");
    EXPECT_EQ(built("45431", "6015", "00000012345"), "refused");
    EXPECT_EQ(built("45431A", "6015", "00000012345"), "refused");
}

TEST(arn, any_changed_digit_is_noticed) {
    EXPECT_TRUE(rc::check([] {
        const std::string good = built("454312", "6015", "00000012345");
        std::string other = good;
        other[*rc::gen::inRange<std::size_t>(0, good.size())] = static_cast<char>('0' + *rc::gen::inRange(0, 10));
        RC_ASSERT(parse(other).has_value() == (other == good));
    }));
}

}  // namespace
}  // namespace takas::protocol::arn
