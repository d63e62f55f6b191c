#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/encoding.hpp"
#include "protocol/wire/characters.hpp"
#include "protocol/wire/format_error.hpp"
#include "protocol/wire/packed.hpp"

namespace takas::protocol::wire {
namespace {

std::string packed_text(std::string_view text, Nibbles allowed = Nibbles::digits_and_separator) {
    Bytes out(packed_bytes(text.size()));
    return pack(text, allowed, out) ? hex_encode(out) : "refused";
}

std::string unpacked_text(std::string_view hex, std::size_t count, Nibbles allowed = Nibbles::digits_and_separator) {
    std::string out(count, '?');
    return unpack(*hex_decode(hex), count, allowed, out) ? out : "refused";
}

std::string unpacked_left(std::string_view hex, Nibbles allowed) {
    std::string out(hex.size(), '?');
    const auto count = unpack_left(*hex_decode(hex), allowed, out);
    return count ? out.substr(0, *count) : "refused";
}

TEST(packed, digits_stand_at_the_right) {
    EXPECT_EQ(packed_text("425"), "0425");
    EXPECT_EQ(packed_text("1234"), "1234");
    EXPECT_EQ(packed_text(""), "");
    EXPECT_EQ(packed_text("5534557149450D280222126360"), "5534557149450d280222126360");
    EXPECT_EQ(packed_text("4=1"), "04d1");
    EXPECT_EQ(packed_text("4=1", Nibbles::digits), "refused");
    EXPECT_EQ(packed_text("4a"), "refused");
    EXPECT_EQ(unpacked_text("0425", 3), "425");
    EXPECT_EQ(unpacked_text("1425", 3), "refused") << "the spare nibble is a zero";
    EXPECT_EQ(unpacked_text("142A", 4), "refused");
    EXPECT_EQ(unpacked_text("14D5", 4, Nibbles::digits), "refused");
    EXPECT_EQ(unpacked_text("0425", 5), "refused");
    EXPECT_EQ(unpacked_text("0425", 2), "refused");
}

TEST(packed, emv_digits_stand_at_the_left) {
    EXPECT_EQ(unpacked_left("12345F", Nibbles::digits), "12345");
    EXPECT_EQ(unpacked_left("123456", Nibbles::digits), "123456");
    EXPECT_EQ(unpacked_left("1234FFFF", Nibbles::digits), "1234");
    EXPECT_EQ(unpacked_left("12F4", Nibbles::digits), "refused");
    EXPECT_EQ(unpacked_left("12D45F", Nibbles::digits_and_separator), "12D45");
    Bytes out(2);
    EXPECT_TRUE(pack_left("123", Nibbles::digits, out));
    EXPECT_EQ(hex_encode(out), "123f");
    EXPECT_FALSE(pack_left("12345", Nibbles::digits, out));
}

TEST(packed, every_text_comes_back) {
    EXPECT_TRUE(rc::check([] {
        const auto numbers = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 10));
        std::string text;
        for (const int n : numbers) text += static_cast<char>('0' + n);
        Bytes packed(packed_bytes(text.size()));
        RC_ASSERT(pack(text, Nibbles::digits, packed));
        std::string back(text.size(), '?');
        RC_ASSERT(unpack(packed, text.size(), Nibbles::digits, back));
        RC_ASSERT(back == text);
        RC_ASSERT(pack_left(text, Nibbles::digits, packed));
        std::string left(packed.size() * 2, '?');
        const auto count = unpack_left(packed, Nibbles::digits, left);
        RC_ASSERT(count && left.substr(0, *count) == text);
    }));
}

TEST(cp500, is_a_permutation_with_the_known_places) {
    for (std::size_t i = 0; i < 256; ++i) EXPECT_EQ(latin1_to_cp500[cp500_to_latin1[i]], i);
    for (const auto& [octet, character] : {std::pair{0xF0, '0'},
                                           {0xF9, '9'},
                                           {0xC1, 'A'},
                                           {0xE9, 'Z'},
                                           {0x40, ' '},
                                           {0xE0, '\\'},
                                           {0x7E, '='},
                                           {0x4A, '['},
                                           {0x5A, ']'},
                                           {0x4F, '!'}})
        EXPECT_EQ(cp500_to_latin1[static_cast<std::size_t>(octet)], character);
}

TEST(characters, attributes_have_their_alphabets) {
    EXPECT_TRUE(in_alphabet('7', Attribute::n));
    EXPECT_FALSE(in_alphabet('A', Attribute::n));
    EXPECT_FALSE(in_alphabet(' ', Attribute::n));
    EXPECT_TRUE(in_alphabet(' ', Attribute::an));
    EXPECT_FALSE(in_alphabet('-', Attribute::an));
    EXPECT_TRUE(in_alphabet('-', Attribute::ans));
    EXPECT_FALSE(in_alphabet(0x1F, Attribute::ans));
    EXPECT_FALSE(in_alphabet(0x85, Attribute::ans));
    EXPECT_TRUE(in_alphabet('=', Attribute::z));
    EXPECT_FALSE(in_alphabet('E', Attribute::z));
    EXPECT_FALSE(has_character(TextEncoding::ascii, 0xC7));
    EXPECT_TRUE(has_character(TextEncoding::cp500, 0xC7));
}

TEST(format_error, says_what_and_where_and_no_value) {
    EXPECT_EQ(describe(refuse(Fault::wrong_character, Place::data_element, 4, 37).error()),
              "DE 4 holds a character that does not belong there (octet 37)");
    EXPECT_EQ(describe(refuse(Fault::ends_early, Place::tag, 0x9F10).error()), "tag 9F10 ends too early");
    FormatError error{Fault::count_differs, Place::pds, 306, 0, 12};
    EXPECT_EQ(describe(error), "record 12: PDS 0306 has another count than the trailer says");
    for (int fault = 0; fault <= static_cast<int>(Fault::no_room); ++fault)
        EXPECT_NE(sentence(static_cast<Fault>(fault)), "cannot be read") << fault;
}

}  // namespace
}  // namespace takas::protocol::wire
