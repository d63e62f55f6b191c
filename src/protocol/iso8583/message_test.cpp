#include "protocol/iso8583/message.hpp"

#include <gtest/gtest.h>
#include "base/encoding.hpp"
#include "protocol/iso8583/test_messages.hpp"

namespace takas::protocol::iso8583 {
namespace {

const Profile& profile(std::string_view name) { return *find_profile(name); }

Bytes octets_of(std::string_view hex) { return hex_decode(hex).value(); }

/// An ASCII message from text, `bitmap` in hex in the middle.
Bytes ascii_message(std::string_view mti, std::string_view bitmap, std::string_view fields) {
    Bytes octets(mti.begin(), mti.end());
    const Bytes words = octets_of(bitmap);
    octets.insert(octets.end(), words.begin(), words.end());
    octets.insert(octets.end(), fields.begin(), fields.end());
    return octets;
}

wire::FormatError error_of(const Bytes& octets, std::string_view profile_name = "iso87_ascii_binmap") {
    const auto message = decode(octets, profile(profile_name));
    EXPECT_FALSE(message);
    return message ? wire::FormatError{.fault = wire::Fault::no_room} : message.error();
}

TEST(iso8583, the_same_fields_in_every_form) {
    const std::map<int, std::string> fields{{2, "9792030394440796"}, {3, "000000"}, {11, "000123"}, {19, "792"},
                                            {28, "C00000123"},       {39, "00"},    {70, "301"}};
    for (const auto& [name, hex] : {
             std::pair<std::string_view, std::string_view>{
                 "iso87_ascii_binmap",
                 "30323130e0202010020000000400000000000000313639373932303330333934343430373936303030303030303030313233"
                 "3739324330303030303132333030333031"},
             {"iso87_ascii_hexmap",
              "3032313045303230323031303032303030303030303430303030303030303030303030303136393739323033303339343434"
              "303739363030303030303030303132333739324330303030303132333030333031"},
             {"iso87_bcd",
              "0210e0202010020000000400000000000000169792030394440796000000000123079243303030303031323330300301"},
             {"iso87_ebcdic",
              "f0f2f1f0e0202010020000000400000000000000f1f6f9f7f9f2f0f3f0f3f9f4f4f4f0f7f9f6f0f0f0f0f0f0f0f0f0f1f2f3"
              "f7f9f2c3f0f0f0f0f0f1f2f3f0f0f3f0f1"},
         }) {
        const auto octets = encode(content_of("0210", fields), profile(name));
        ASSERT_TRUE(octets) << name << describe(octets.error());
        EXPECT_EQ(hex_encode(*octets), hex) << name;
        const auto message = decode(*octets, profile(name));
        ASSERT_TRUE(message) << name << describe(message.error());
        EXPECT_EQ(message->mti(), "0210");
        for (int number = 2; number <= max_field; ++number) {
            EXPECT_EQ(message->has(number), fields.contains(number)) << name << number;
            EXPECT_EQ(message->value(number), fields.contains(number) ? fields.at(number) : "") << name << number;
        }
    }
}

TEST(iso8583, nothing_is_copied_where_characters_are_ascii) {
    const Bytes octets = ascii_message("0100", "4000000000000000", "169792030394440796");
    const auto message = decode(octets, profile("iso87_ascii_binmap"));
    ASSERT_TRUE(message);
    const auto value = message->value(2, {});
    EXPECT_EQ(value, "9792030394440796");
    EXPECT_EQ(static_cast<const void*>(value.data()), static_cast<const void*>(octets.data() + 14));
}

TEST(iso8583, track_2_keeps_its_separator) {
    const auto message = [](std::string_view name, std::string_view track) {
        const auto octets = encode(Content("0100").set(35, track), profile(name)).value();
        return decode(octets, profile(name)).value().value(35);
    };
    EXPECT_EQ(message("iso87_ascii_binmap", "9792030394440796=3112101"), "9792030394440796=3112101");
    EXPECT_EQ(message("iso87_ebcdic", "9792030394440796=3112101"), "9792030394440796=3112101");
    EXPECT_EQ(message("iso87_bcd", "9792030394440796D3112101"), "9792030394440796D3112101");
    EXPECT_EQ(message("iso87_bcd", "9792030394440796=3112101"), "9792030394440796D3112101");
}

TEST(iso8583, each_kind_of_trouble_is_named_with_its_field) {
    using enum wire::Fault;
    struct Row {
        Bytes octets;
        wire::Fault fault;
        std::uint32_t field;
    };
    const std::string pan = "169792030394440796";
    for (const Row& row : {
             Row{{}, empty, 0},
             Row{Bytes(max_message_bytes + 1, '0'), too_long, 0},
             Row{octets_of("303130"), ends_early, 0},
             Row{ascii_message("01x0", "4000000000000000", pan), wrong_mti, 0},
             Row{ascii_message("1100", "4000000000000000", pan), wrong_mti, 0},
             Row{ascii_message("0000", "4000000000000000", pan), wrong_mti, 0},
             Row{ascii_message("0900", "4000000000000000", pan), wrong_mti, 0},
             Row{ascii_message("0106", "4000000000000000", pan), wrong_mti, 0},
             Row{ascii_message("0100", "40000000000000", ""), ends_early, 0},
             Row{ascii_message("0100", "C00000000000000000000000000000", ""), ends_early, 0},
             Row{ascii_message("0100", "4000000000000000", "1"), ends_early, 2},
             Row{ascii_message("0100", "4000000000000000", "16979203039444079"), ends_early, 2},
             Row{ascii_message("0100", "4000000000000000", "1x9792030394440796"), not_digits, 2},
             Row{ascii_message("0100", "4000000000000000", "-1"), not_digits, 2},
             Row{ascii_message("0100", "4000000000000000", "00"), zero_length, 2},
             Row{ascii_message("0100", "4000000000000000", "2097920303944407961234"), above_max_length, 2},
             Row{ascii_message("0100", "4000000000000000", "16979203039444079A"), wrong_character, 2},
             Row{ascii_message("0100", "4000000000000000", pan + "0"), octets_left_over, 0},
             Row{ascii_message("0100", "0100000000000000", "00000000"), unknown_part, 8},
             Row{ascii_message("0100", "80000000000000008000000000000000", ""), unknown_part, 65},
             Row{ascii_message("0100", "0000001000000000", "E00000123"), wrong_character, 28},
             Row{ascii_message("0100", "0000000000800000",
                               "123\x1F"
                               "5678"),
                 wrong_character, 41},
             Row{ascii_message("0100", "0000000000800000", "MAGAZA\xC7 "), wrong_character, 41},
             Row{ascii_message("0100", "0000000002000000", "0-"), wrong_character, 39},
             Row{ascii_message("0100", "0000000020000000", "03=4A"), wrong_character, 35},
             Row{ascii_message("0100", "0000000000000200", "256"), above_max_length, 55},
         }) {
        const auto error = error_of(row.octets);
        EXPECT_EQ(error.fault, row.fault) << describe(error) << " but expected " << sentence(row.fault);
        EXPECT_EQ(error.number, row.field) << describe(error);
        EXPECT_EQ(error.place, row.field == 0 ? wire::Place::message : wire::Place::data_element);
    }
}

TEST(iso8583, packed_digits_are_strict) {
    using enum wire::Fault;
    const auto error = [](std::string_view hex) { return error_of(octets_of(hex), "iso87_bcd"); };
    EXPECT_EQ(error("010A4000000000000000").fault, wrong_mti);
    EXPECT_EQ(error("0100400000000000000016979203039444079A").fault, wrong_character);
    EXPECT_EQ(error("010040000000000000001A9792030394440796").fault, not_digits);
}

TEST(iso8583, the_spare_nibble_is_zero) {
    EXPECT_TRUE(decode(octets_of("010000002000000000000792"), profile("iso87_bcd")));
    EXPECT_EQ(error_of(octets_of("010000002000000000001792"), "iso87_bcd").fault, wire::Fault::wrong_character);
}

TEST(iso8583, a_hexadecimal_bitmap_takes_either_case_and_nothing_else) {
    const auto octets_with = [](std::string_view bitmap) {
        const std::string text = "0200" + std::string(bitmap) + "000000000100" + "1122101112";
        return Bytes(text.begin(), text.end());
    };
    for (const std::string_view bitmap : {"0A00000000000000", "0a00000000000000"}) {
        const Bytes octets = octets_with(bitmap);
        const auto message = decode(octets, profile("iso87_ascii_hexmap"));
        ASSERT_TRUE(message) << describe(message.error());
        EXPECT_EQ(message->value(7), "1122101112");
    }
    EXPECT_EQ(error_of(octets_with("0G00000000000000"), "iso87_ascii_hexmap").fault, wire::Fault::wrong_bitmap);
}

TEST(iso8583, encoding_refuses_what_decoding_would) {
    using enum wire::Fault;
    const auto fault = [](const Content& content) {
        const auto octets = encode(content, profile("iso87_ascii_binmap"));
        EXPECT_FALSE(octets);
        return octets ? no_terminator : octets.error().fault;
    };
    EXPECT_EQ(fault(Content("1100").set(3, "000000")), wrong_mti);
    EXPECT_EQ(fault(Content("01").set(3, "000000")), wrong_mti);
    EXPECT_EQ(fault(Content("0100").set(3, "00000")), wrong_length);
    EXPECT_EQ(fault(Content("0100").set(3, "0000000")), above_max_length);
    EXPECT_EQ(fault(Content("0100").set(3, "00000A")), wrong_character);
    EXPECT_EQ(fault(Content("0100").set(2, "")), zero_length);
    EXPECT_EQ(fault(Content("0100").set(8, "00000000")), unknown_part);
    EXPECT_EQ(fault(Content("0100").set(43, std::string(39, 'x') + "\xC7")), wrong_character);
    std::array<std::uint8_t, 20> small{};
    for (std::size_t size = 0; size < 18; ++size) {
        const auto written =
            encode(Content("0100").set(3, "000000"), profile("iso87_ascii_binmap"), std::span(small).first(size));
        ASSERT_FALSE(written) << size;
        EXPECT_EQ(written.error().fault, no_room) << size;
    }
    EXPECT_EQ(encode(Content("0100").set(3, "000000"), profile("iso87_ascii_binmap"), small).value(), 18U);
}

TEST(iso8583, random_messages_come_back_and_no_part_of_them_is_a_message) {
    for (const Profile& p : profiles())
        EXPECT_TRUE(rc::check(std::string(p.name), [&p] {
            const auto fields = random_fields(p, *rc::gen::arbitrary<std::uint64_t>());
            const std::string mti =
                std::string(1, p.version) + *rc::gen::element<std::string>("100", "210", "420", "810");
            const auto octets = encode(content_of(mti, fields), p);
            RC_ASSERT(octets);
            const auto message = decode(*octets, p);
            RC_ASSERT(message);
            RC_ASSERT(message->mti() == mti);
            for (int number = 2; number <= max_field; ++number) {
                RC_ASSERT(message->has(number) == fields.contains(number));
                if (fields.contains(number)) RC_ASSERT(message->value(number) == fields.at(number));
            }
            for (std::size_t size = 0; size < octets->size(); ++size)
                RC_ASSERT(!decode(ByteView(*octets).first(size), p));
            Bytes longer = *octets;
            longer.push_back(*rc::gen::arbitrary<std::uint8_t>());
            RC_ASSERT(!decode(longer, p));
        }));
}

TEST(iso8583, a_damaged_message_is_refused_or_is_another_one) {
    for (const Profile& p : profiles())
        EXPECT_TRUE(rc::check(std::string(p.name), [&p] {
            const std::string mti = std::string(1, p.version) + "200";
            const auto fields = random_fields(p, *rc::gen::arbitrary<std::uint64_t>());
            Bytes octets = encode(content_of(mti, fields), p).value();
            octets[*rc::gen::inRange<std::size_t>(0, octets.size())] ^=
                static_cast<std::uint8_t>(1 << *rc::gen::inRange(0, 8));
            const auto message = decode(octets, p);
            if (!message) return;
            std::map<int, std::string> read;
            for (int number = 2; number <= max_field; ++number)
                if (message->has(number)) read[number] = message->value(number);
            RC_ASSERT(encode(content_of(message->mti(), read), p).has_value());
        }));
}

TEST(iso8583, every_profile_has_a_sound_table) {
    for (const Profile& p : profiles()) {
        EXPECT_EQ(find_profile(p.name), &p);
        for (int number = 0; number <= max_field; ++number) {
            if (!p.has(number)) continue;
            const Field& field = p.field(number);
            EXPECT_EQ(field.number, number) << p.name;
            EXPECT_GE(number, 2);
            EXPECT_NE(number, 65) << "a third bitmap";
            EXPECT_LE(field.max, field.length == LengthForm::llvar ? 99 : max_value);
        }
    }
    EXPECT_EQ(find_profile("iso87"), nullptr);
}

}  // namespace
}  // namespace takas::protocol::iso8583
