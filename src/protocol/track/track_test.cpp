#include "protocol/track/track.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/encoding.hpp"

namespace takas::protocol::track {
namespace {

constexpr std::string_view good2 = "9792030394440796=31121011234500000123";
constexpr std::string_view good1 = "B9792030394440796^YILMAZ/AYSE^31121011234500000123000000";

wire::Fault fault2(std::string_view text) {
    const auto parts = parse_track2(text);
    EXPECT_FALSE(parts) << text;
    return parts ? wire::Fault::no_room : parts.error().fault;
}

wire::Fault fault1(std::string_view text) {
    const auto parts = parse_track1(text);
    EXPECT_FALSE(parts) << text;
    return parts ? wire::Fault::no_room : parts.error().fault;
}

TEST(track2, is_taken_apart_at_either_separator) {
    for (const char separator : {'=', 'D'}) {
        std::string text(good2);
        text[16] = separator;
        const auto parts = parse_track2(text);
        ASSERT_TRUE(parts) << describe(parts.error());
        EXPECT_EQ(parts->pan, "9792030394440796");
        EXPECT_EQ(parts->expiry, "3112");
        EXPECT_EQ(parts->service_code, "101");
        EXPECT_EQ(parts->discretionary, "1234500000123");
    }
    EXPECT_TRUE(parse_track2("979203039444=3112101")) << "shortest PAN, nothing discretionary";
    EXPECT_TRUE(parse_track2("9792030394440796123=31121011234567890"));
}

TEST(track2, refuses_what_is_no_track) {
    using enum wire::Fault;
    EXPECT_EQ(fault2(""), no_separator);
    EXPECT_EQ(fault2("9792030394440796"), no_separator);
    EXPECT_EQ(fault2("97920303944=3112101"), wrong_length) << "eleven digits";
    EXPECT_EQ(fault2("97920303944407961234=3112101"), wrong_length) << "twenty digits";
    EXPECT_EQ(fault2("9792030394440796=311210"), ends_early);
    EXPECT_EQ(fault2("9792030394440796=3113101"), wrong_date);
    EXPECT_EQ(fault2("9792030394440796=3100101"), wrong_date);
    EXPECT_EQ(fault2("9792030394440796=31A2101"), not_digits);
    EXPECT_EQ(fault2("97920303944A0796=3112101"), not_digits);
    EXPECT_EQ(fault2("9792030394440796=31121011=2"), wrong_character);
    EXPECT_EQ(fault2(";9792030394440796=3112101?"), not_digits) << "sentinels are the reader's business";
    EXPECT_EQ(fault2("9792030394440796=311210112345678901234"), too_long) << "38 characters";
}

TEST(track1, is_taken_apart) {
    const auto parts = parse_track1(good1);
    ASSERT_TRUE(parts) << describe(parts.error());
    EXPECT_EQ(parts->pan, "9792030394440796");
    EXPECT_EQ(parts->name, "YILMAZ/AYSE");
    EXPECT_EQ(parts->expiry, "3112");
    EXPECT_EQ(parts->service_code, "101");
    EXPECT_EQ(parts->discretionary, "1234500000123000000");
}

TEST(track1, refuses_what_is_no_track) {
    using enum wire::Fault;
    EXPECT_EQ(fault1(""), wrong_tag);
    EXPECT_EQ(fault1("A9792030394440796^YILMAZ/AYSE^3112101"), wrong_tag);
    EXPECT_EQ(fault1("B9792030394440796"), no_separator);
    EXPECT_EQ(fault1("B9792030394440796^YILMAZ/AYSE"), no_separator);
    EXPECT_EQ(fault1("B9792030394440796^Y^3112101"), wrong_length);
    EXPECT_EQ(fault1("B9792030394440796^ABCDEFGHIJKLMNOPQRSTUVWXYZA^3112101"), wrong_length);
    EXPECT_EQ(fault1("B9792030394440796^yilmaz^3112101"), wrong_character);
    EXPECT_EQ(fault1("B9792030394440796^YILMAZ/AYSE^3112101?"), wrong_character);
    EXPECT_EQ(fault1("B9792030394440796^YILMAZ/AYSE^3113101"), wrong_date);
    EXPECT_EQ(fault1(std::string(good1) + std::string(30, '0')), too_long);
}

TEST(track, errors_never_show_the_track) {
    for (std::size_t size = 0; size < good2.size(); ++size)
        if (const auto parts = parse_track2(good2.substr(0, size)); !parts)
            EXPECT_EQ(describe(parts.error()).find("979203"), std::string::npos);
}

TEST(track, packs_and_unpacks_tag_57) {
    const auto octets = pack_track2("9792030394440796D311210112345000001");
    ASSERT_TRUE(octets);
    EXPECT_EQ(hex_encode(*octets), "9792030394440796d311210112345000001f");
    const auto text = unpack_track2(*octets);
    ASSERT_TRUE(text);
    EXPECT_EQ(text->reveal(), "9792030394440796D311210112345000001");
    EXPECT_FALSE(unpack_track2(*hex_decode("9792030394440796D3112101F2")));
    EXPECT_FALSE(unpack_track2(*hex_decode("9792030394440796A3112101")));
    EXPECT_FALSE(unpack_track2(Bytes(20, 0x11)));
    EXPECT_FALSE(unpack_track2({}));
    EXPECT_FALSE(pack_track2("9792030394440796"));
}

TEST(track, a_separator_inside_a_part_is_refused) {
    const Parts parts{.pan = "9792030394440796", .name = "A^B", .expiry = "3112", .service_code = "101"};
    EXPECT_FALSE(build_track1(parts));
    Parts shifted{.pan = "979203039444=1112101", .expiry = "3112", .service_code = "101"};
    EXPECT_FALSE(build_track2(shifted));
    shifted.pan = "9792030394440796", shifted.expiry = "31121", shifted.service_code = "01";
    EXPECT_FALSE(build_track2(shifted));
    EXPECT_FALSE(build_track2(shifted, 'X'));
}

TEST(track, what_is_built_is_read_again) {
    EXPECT_TRUE(rc::check([] {
        const auto digits = [](std::size_t count) {
            std::string text;
            for (std::size_t i = 0; i < count; ++i) text += static_cast<char>('0' + *rc::gen::inRange(0, 10));
            return text;
        };
        const std::string pan = digits(*rc::gen::inRange<std::size_t>(12, 20)), service = digits(3);
        const int month = *rc::gen::inRange(1, 13);
        const std::string expiry = digits(2) + (month < 10 ? "0" : "") + std::to_string(month);
        const std::string more = digits(*rc::gen::inRange<std::size_t>(0, 37 - pan.size() - 8 + 1));
        const Parts parts{.pan = pan, .expiry = expiry, .service_code = service, .discretionary = more};
        const auto text = build_track2(parts, *rc::gen::element('=', 'D'));
        RC_ASSERT(text);
        const auto packed = pack_track2(text->reveal());
        RC_ASSERT(packed);
        const auto unpacked = unpack_track2(*packed);
        RC_ASSERT(unpacked);
        const auto read = parse_track2(unpacked->reveal());
        RC_ASSERT(read && read->pan == pan && read->expiry == expiry && read->service_code == service);
        RC_ASSERT(read->discretionary == more);
        Parts with_name = parts;
        with_name.name = "YILMAZ/AYSE";
        const auto text1 = build_track1(with_name);
        RC_ASSERT(text1);
        const auto read1 = parse_track1(text1->reveal());
        RC_ASSERT(read1 && read1->pan == pan && read1->name == with_name.name && read1->discretionary == more);
    }));
}

TEST(track, a_moved_text_leaves_nothing_behind) {
    auto text = build_track2({.pan = "9792030394440796", .expiry = "3112", .service_code = "101"});
    ASSERT_TRUE(text);
    const Text moved = std::move(*text);
    EXPECT_EQ(text->reveal(), "");  // NOLINT: the moved-from state is what is tested
    EXPECT_EQ(moved.reveal(), "9792030394440796=3112101");
}

}  // namespace
}  // namespace takas::protocol::track
