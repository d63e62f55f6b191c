#include "core/card/chip_counters.hpp"

#include <gtest/gtest.h>

namespace takas::core::card {
namespace {

TEST(chip_counters, names_each_card_once) {
    std::string text;
    EXPECT_EQ(chip_counter(text, TokenId{12}), std::nullopt);
    EXPECT_TRUE(set_chip_counter(text, TokenId{12}, 7));
    EXPECT_TRUE(set_chip_counter(text, TokenId{123}, 0));
    EXPECT_EQ(text, "12:7 123:0");
    EXPECT_EQ(chip_counter(text, TokenId{12}), 7);
    EXPECT_EQ(chip_counter(text, TokenId{123}), 0);
    EXPECT_EQ(chip_counter(text, TokenId{1}), std::nullopt);
    EXPECT_EQ(chip_counter(text, TokenId{23}), std::nullopt);
    EXPECT_TRUE(set_chip_counter(text, TokenId{12}, 65'535));
    EXPECT_EQ(text, "12:65535 123:0");
}

TEST(chip_counters, forgets_a_card_wherever_it_stands) {
    for (const std::int64_t gone : {1, 2, 3}) {
        std::string text = "1:10 2:20 3:30";
        EXPECT_TRUE(set_chip_counter(text, TokenId{gone}, -1));
        for (const std::int64_t id : {1, 2, 3})
            EXPECT_EQ(chip_counter(text, TokenId{id}),
                      id == gone ? std::nullopt : std::optional<std::int32_t>(10 * id));
        EXPECT_EQ(text.size(), 9u) << text;
    }
    std::string one = "5:1";
    EXPECT_TRUE(set_chip_counter(one, TokenId{5}, -1));
    EXPECT_EQ(one, "");
    EXPECT_TRUE(set_chip_counter(one, TokenId{5}, -1)) << "it was not there";
}

TEST(chip_counters, takes_no_more_cards_than_there_is_room_for) {
    std::string text;
    std::int64_t id = 9'007'199'254'000'000;
    while (set_chip_counter(text, TokenId{id}, 65'535)) ++id;
    EXPECT_LE(text.size(), chip_counters_max_chars);
    const std::string before = text;
    EXPECT_FALSE(set_chip_counter(text, TokenId{id}, 1));
    EXPECT_EQ(text, before);
    EXPECT_TRUE(set_chip_counter(text, TokenId{id - 1}, 3)) << "a card that is named stays so";
    EXPECT_EQ(chip_counter(text, TokenId{id - 1}), 3);
}

}  // namespace
}  // namespace takas::core::card
