#include "core/note/note.hpp"

#include <gtest/gtest.h>

namespace takas::core::note {
namespace {

TEST(Note, CardNumbersAreSeenInEveryForm) {
    for (const char* text : {"4111111111111111", "card 4111 1111 1111 1111 was lost", "4111-1111-1111-1111.",
                             "call 555, 378282246310005!", "3782 822463 10005", "no 12 4111 1111 1111 1111 9",
                             "6304000000000000000", "4111.1111.1111.1111", "4111/1111/1111/1111", "4111_1111_1111_1111",
                             "4111,1111,1111,1111", "4111, 1111, 1111, 1111", "4111  1111  1111  1111",
                             "4111\u00A01111\u00A01111\u00A01111", "4111\n1111\n1111\n1111", "3782/822463/10005"})
        EXPECT_TRUE(holds_card_number(text)) << text;
}

TEST(Note, OtherNumbersMayBeWritten) {
    for (const char* text : {"", "called +90 555 111 22 33 twice", "4111111111111112", "TR330006100519786457841326",
                             "10000000146", "41111111 11111111", "4111 and 1111 and 1111 and 1111",
                             "4111;1111;1111;1111", "2031-03-01 10:00", "12345678901234567890"})
        EXPECT_FALSE(holds_card_number(text)) << text;
}

}  // namespace
}  // namespace takas::core::note
