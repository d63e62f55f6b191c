#include "protocol/tlv/chip_data.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/encoding.hpp"
#include "protocol/tlv/issuer_application_data.hpp"

namespace takas::protocol::tlv {
namespace {

Bytes octets_of(std::string_view hex) { return hex_decode(hex).value(); }

constexpr std::string_view sample =
    "9F2608F1E2D3C4B5A697889F2701809F10120110A00003220000000000000000000000FF9F3704123456789F3602001C9505800004800"
    "09A032601159C01009F02060000000001005F2A020949820219809F1A020792";

TEST(chip_data, reads_the_tags_an_issuer_needs) {
    const Bytes octets = octets_of(sample);
    const auto data = read_chip_data(octets);
    ASSERT_TRUE(data) << describe(data.error());
    EXPECT_EQ(hex_encode(data->application_cryptogram), "f1e2d3c4b5a69788");
    EXPECT_EQ(hex_encode(data->cryptogram_information), "80");
    EXPECT_EQ(hex_encode(data->unpredictable_number), "12345678");
    EXPECT_EQ(hex_encode(data->application_transaction_counter), "001c");
    EXPECT_EQ(hex_encode(data->terminal_verification_results), "8000048000");
    EXPECT_EQ(hex_encode(data->transaction_date), "260115");
    EXPECT_EQ(hex_encode(data->amount_authorized), "000000000100");
    EXPECT_EQ(hex_encode(data->transaction_currency), "0949");
    EXPECT_EQ(hex_encode(data->terminal_country), "0792");
    EXPECT_EQ(hex_encode(data->application_interchange_profile), "1980");
    EXPECT_EQ(data->issuer_application_data.size(), 18U);
    EXPECT_TRUE(data->track2.empty());
    const Bytes written = write_chip_data(*data);
    const auto again = read_chip_data(written);
    ASSERT_TRUE(again);
    for (const ChipTag& row : chip_tags())
        EXPECT_EQ(hex_encode((*again).*row.member), hex_encode((*data).*row.member)) << row.tag;
}

TEST(chip_data, passes_over_what_it_does_not_know) {
    const Bytes octets = octets_of("9F7C0101" + std::string("E0059F36020001") + "9F36020002");
    const auto data = read_chip_data(octets);
    ASSERT_TRUE(data);
    EXPECT_EQ(hex_encode(data->application_transaction_counter), "0002") << "only the top counts";
}

TEST(chip_data, refuses_unsound_data) {
    using enum wire::Fault;
    const auto fault_of = [](std::string_view hex) {
        const Bytes octets = octets_of(hex);
        const auto data = read_chip_data(octets);
        EXPECT_FALSE(data) << hex;
        return data ? no_room : data.error().fault;
    };
    EXPECT_EQ(fault_of(""), empty);
    EXPECT_EQ(fault_of("9F3602"), ends_early);
    EXPECT_EQ(fault_of("9F360100"), wrong_length);
    EXPECT_EQ(fault_of("9F3603000000"), wrong_length);
    EXPECT_EQ(fault_of("9F3600"), wrong_length);
    EXPECT_EQ(fault_of("9F360200019F36020002"), repeated);
    EXPECT_EQ(fault_of("9A03260A15"), not_digits);
    EXPECT_EQ(fault_of("9F0206000000000A00"), not_digits);
}

TEST(chip_data, every_tag_has_one_row_and_takes_its_longest_value) {
    std::set<Tag> tags;
    for (const ChipTag& row : chip_tags()) {
        EXPECT_TRUE(tags.insert(row.tag).second) << row.tag;
        for (const std::size_t size : {std::size_t{row.min_bytes}, std::size_t{row.max_bytes}}) {
            Writer writer;
            writer.add(row.tag, Bytes(size, 0x12));
            const auto data = read_chip_data(writer.octets());
            ASSERT_TRUE(data) << row.tag;
            EXPECT_EQ(((*data).*row.member).size(), size);
        }
        Writer writer;
        writer.add(row.tag, Bytes(row.max_bytes + 1U, 0x12));
        EXPECT_FALSE(read_chip_data(writer.octets())) << row.tag;
    }
}

struct IadRow {
    IadLayout layout;
    std::string_view hex;
    int dki, cvn;
    std::string_view cvr, dac, counters, discretionary;
};

TEST(issuer_application_data, has_its_parts_in_every_layout) {
    for (const IadRow& row : {
             IadRow{IadLayout::visa, "06010A03A06010", 1, 0x0A, "03a06010", "", "", ""},
             IadRow{IadLayout::visa, "06011203A0B800", 1, 0x12, "03a0b800", "", "", ""},
             IadRow{IadLayout::visa, "06011203A0B80003AABBCC", 1, 0x12, "03a0b800", "", "", "aabbcc"},
             IadRow{IadLayout::visa, "1F2201AABBCCDDEE000102030405060708090A0B0C0D0E0F1011121314151617", 1, 0x22,
                    "aabbccddee", "", "", "000102030405060708090a0b0c0d0e0f1011121314151617"},
             IadRow{IadLayout::interac, "1501850440B100000000B00000000000000000000000", 1, 0x85, "0440b10000", "",
                    "0000b00000000000000000000000", ""},
             IadRow{IadLayout::mastercard, "0110A000032200000000", 1, 0x10, "a00003220000", "0000", "", ""},
             IadRow{IadLayout::mastercard, "0111A00003220000123400000000000322FF", 1, 0x11, "a00003220000", "1234",
                    "00000000000322ff", ""},
             IadRow{IadLayout::mastercard, "0111A00003220000123400000000000322FF00FF", 1, 0x11, "a00003220000", "1234",
                    "00000000000322ff", "00ff"},
             IadRow{IadLayout::ccd, "0FA501010203040511121314151617180F000102030405060708090A0B0C0D0E", 1, 0xA5,
                    "0102030405", "", "1112131415161718", "000102030405060708090a0b0c0d0e"},
         }) {
        const std::string hex(row.hex);
        const Bytes octets = octets_of(hex);
        const auto data = read_issuer_application_data(row.layout, octets);
        ASSERT_TRUE(data) << hex << describe(data.error());
        EXPECT_EQ(data->derivation_key_index, row.dki) << hex;
        EXPECT_EQ(data->cryptogram_version, row.cvn) << hex;
        EXPECT_EQ(hex_encode(data->card_verification_results), row.cvr) << hex;
        EXPECT_EQ(hex_encode(data->data_authentication_code), row.dac) << hex;
        EXPECT_EQ(hex_encode(data->counters), row.counters) << hex;
        EXPECT_EQ(hex_encode(data->discretionary), row.discretionary) << hex;
        for (std::size_t size = 0; size < octets.size(); ++size) {
            const auto part = read_issuer_application_data(row.layout, ByteView(octets).first(size));
            const bool whole = size == 7
                                   ? row.layout == IadLayout::visa && octets[0] == 6
                                   : row.layout == IadLayout::mastercard && (size == 10 || size == 18 || size == 19);
            EXPECT_EQ(part.has_value(), whole) << hex << " cut to " << size;
        }
    }
}

TEST(issuer_application_data, refuses_unsound_data) {
    for (const auto& [layout, hex] :
         {std::pair{IadLayout::visa, "07010A03A06010"},
          {IadLayout::visa, "06010A04A06010"},
          {IadLayout::visa, "06010A02A06010"},
          {IadLayout::visa, "06010A03A0601003AABB"},
          {IadLayout::visa, "06010A03A0601003AABBCCDD"},
          {IadLayout::visa, "03010A03A06010"},
          {IadLayout::visa, "00000000000000"},
          {IadLayout::mastercard, "0110A0000322000000FF00"},
          {IadLayout::ccd, "0FB501010203040511121314151617180F000102030405060708090A0B0C0D0E"},
          {IadLayout::ccd, "0FA501010203040511121314151617180E000102030405060708090A0B0C0D0E"}})
        EXPECT_FALSE(read_issuer_application_data(layout, octets_of(hex))) << hex;
    EXPECT_FALSE(read_issuer_application_data(IadLayout::visa, Bytes(33, 6)));
}

}  // namespace
}  // namespace takas::protocol::tlv
