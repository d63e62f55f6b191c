#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <random>

#include "base/encoding.hpp"
#include "protocol/ipm/file.hpp"

namespace takas::protocol::ipm {
namespace {

using enum wire::Fault;

Bytes message_of(const iso8583::Content& content, wire::TextEncoding encoding = wire::TextEncoding::cp500) {
    return iso8583::encode(content, profile(encoding)).value();
}

Bytes file_of(const std::vector<Bytes>& records, Blocking blocking) {
    RecordWriter writer(blocking);
    for (const Bytes& record : records) EXPECT_TRUE(writer.add(record));
    return writer.finish();
}

/// A header, two presentments and a trailer that says this count and sum.
std::vector<Bytes> day(std::string_view count, std::string_view sum) {
    const std::string trailer_pds = "0301016" + std::string(sum) + "0306008" + std::string(count);
    return {message_of(
                iso8583::Content("1644").set(24, "697").set(48, "0105025" + std::string(25, '1')).set(71, "00000001")),
            message_of(iso8583::Content("1240").set(2, "5555555555554444").set(4, "000000000100").set(71, "00000002")),
            message_of(iso8583::Content("1240").set(2, "5555555555554444").set(4, "000000000250").set(71, "00000003")),
            message_of(iso8583::Content("1644").set(24, "695").set(48, trailer_pds).set(71, "00000004"))};
}

wire::FormatError error_of(const Bytes& file, Blocking blocking) {
    const auto read = read_file(file, wire::TextEncoding::cp500, blocking);
    EXPECT_FALSE(read);
    return read ? wire::FormatError{.fault = no_room} : read.error();
}

TEST(ipm_records, are_laid_out_as_the_format_says) {
    const Bytes plain = file_of({Bytes{1, 2, 3}}, Blocking::none);
    EXPECT_EQ(hex_encode(plain), "0000000301020300000000");
    const Bytes blocked = file_of({Bytes(1010, 7)}, Blocking::blocked_1014);
    ASSERT_EQ(blocked.size(), 2 * block_bytes);
    EXPECT_EQ(hex_encode(ByteView(blocked).first(5)), "000003f207");
    EXPECT_EQ(hex_encode(ByteView(blocked).subspan(1011, 10)), "07404007070000000040");
    EXPECT_EQ(blocked.back(), filler);
    EXPECT_EQ(file_of({Bytes(1004, 7)}, Blocking::blocked_1014).size(), block_bytes) << "the end mark just fits";
}

TEST(ipm_records, come_back_from_any_file) {
    EXPECT_TRUE(rc::check([] {
        const auto sizes = *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(1, 2500));
        for (const Blocking blocking : {Blocking::none, Blocking::blocked_1014}) {
            RecordWriter writer(blocking);
            for (const std::size_t size : sizes)
                RC_ASSERT(writer.add(Bytes(size, static_cast<std::uint8_t>(size))).has_value());
            const Bytes file = writer.finish();
            RecordReader reader(file, blocking);
            for (const std::size_t size : sizes) {
                const auto record = reader.next();
                RC_ASSERT(record && *record);
                RC_ASSERT(Bytes((*record)->begin(), (*record)->end()) == Bytes(size, static_cast<std::uint8_t>(size)));
            }
            RC_ASSERT(!reader.next().value());
            RC_ASSERT(!reader.next().value());
        }
    }));
}

TEST(ipm_file, is_read_whole) {
    for (const Blocking blocking : {Blocking::none, Blocking::blocked_1014}) {
        const auto file =
            read_file(file_of(day("00000004", "0000000000000350"), blocking), wire::TextEncoding::cp500, blocking);
        ASSERT_TRUE(file) << describe(file.error());
        EXPECT_EQ(file->records.size(), 4U);
        EXPECT_EQ(file->amount_sum, 350);
        EXPECT_TRUE(file->has_header);
        EXPECT_EQ(file->message(1).value(4), "000000000100");
        EXPECT_EQ(file->message(3).mti(), "1644");
        EXPECT_EQ(file->records[3].pds, (std::vector<Pds>{{301, "0000000000000350"}, {306, "00000004"}}));
    }
}

TEST(ipm_file, is_refused_when_the_trailer_disagrees) {
    const auto refused = [](const std::vector<Bytes>& records) {
        return error_of(file_of(records, Blocking::none), Blocking::none);
    };
    EXPECT_EQ(refused(day("00000005", "0000000000000350")).fault, count_differs);
    EXPECT_EQ(refused(day("00000003", "0000000000000350")).fault, count_differs);
    EXPECT_EQ(refused(day("00000004", "0000000000000351")).fault, amount_differs);
    EXPECT_EQ(refused(day("0000000A", "0000000000000350")).fault, not_digits);
    EXPECT_TRUE(read_file(file_of(day("00000002", "0000000000000350"), Blocking::none), wire::TextEncoding::cp500,
                          Blocking::none));
    auto records = day("00000004", "0000000000000350");
    records.erase(records.begin() + 2);
    EXPECT_EQ(refused(records).fault, count_differs);
    records = day("00000004", "0000000000000350");
    records.pop_back();
    EXPECT_EQ(refused(records).fault, no_terminator);
    records = day("00000004", "0000000000000350");
    records[1][30] ^= 0x20;
    EXPECT_FALSE(read_file(file_of(records, Blocking::none), wire::TextEncoding::cp500, Blocking::none));
}

TEST(ipm_file, is_refused_when_its_frame_is_damaged) {
    const Bytes plain = file_of(day("00000004", "0000000000000350"), Blocking::none);
    for (std::size_t size = 0; size < plain.size(); ++size) {
        const Bytes cut(plain.begin(), plain.begin() + static_cast<std::ptrdiff_t>(size));
        EXPECT_FALSE(read_file(cut, wire::TextEncoding::cp500, Blocking::none)) << size;
    }
    Bytes longer = plain;
    longer.push_back(0);
    EXPECT_EQ(error_of(longer, Blocking::none).fault, octets_left_over);
    Bytes huge = plain;
    huge[0] = 0x7F;
    EXPECT_EQ(error_of(huge, Blocking::none).fault, too_long);
    EXPECT_EQ(error_of(Bytes(4), Blocking::none).fault, empty);
    EXPECT_EQ(error_of({}, Blocking::none).fault, no_terminator);
    EXPECT_EQ(error_of(plain, Blocking::blocked_1014).fault, ends_early) << "not blocked at all";

    const Bytes blocked = file_of({Bytes(2000, 7)}, Blocking::blocked_1014);
    const auto refused = [](Bytes file, std::size_t at, std::uint8_t octet) {
        file[at] = octet;
        RecordReader reader(file, Blocking::blocked_1014);
        while (true) {
            const auto record = reader.next();
            if (!record) return record.error().fault;
            if (!*record) return no_room;
        }
    };
    EXPECT_EQ(refused(blocked, block_payload_bytes, 0), wrong_filler);
    EXPECT_EQ(refused(blocked, block_bytes - 1, 0x41), wrong_filler);
    EXPECT_EQ(refused(blocked, blocked.size() - 1, 0), wrong_filler);
    EXPECT_EQ(refused(blocked, blocked.size() - 3, 0), wrong_filler);
    Bytes half(blocked.begin(), blocked.end() - 1);
    RecordReader reader(half, Blocking::blocked_1014);
    wire::Decoded<std::optional<ByteView>> record;
    do record = reader.next();
    while (record && *record);
    EXPECT_FALSE(record) << "the last block is short";
    Bytes more = blocked;
    more.insert(more.end(), block_bytes, filler);
    EXPECT_EQ(refused(more, 5, 7), octets_left_over);
}

TEST(ipm_file, an_error_names_the_record) {
    auto records = day("00000004", "0000000000000350");
    records[2][0] = 0xC1;
    const auto error = error_of(file_of(records, Blocking::none), Blocking::none);
    EXPECT_EQ(error.record, 3U);
    EXPECT_EQ(describe(error), "record 3: the message has a message type that this profile does not have");
}

TEST(ipm_message, needs_both_bitmaps) {
    const Bytes octets = message_of(iso8583::Content("1240").set(3, "000000"));
    EXPECT_EQ(hex_encode(octets), "f1f2f4f0a0000000000000000000000000000000f0f0f0f0f0f0");
    Bytes without = octets;
    without[4] = 0x20;
    EXPECT_EQ(iso8583::decode(without, profile(wire::TextEncoding::cp500)).error().fault, wrong_bitmap);
}

TEST(ipm_message, other_letters_follow_the_encoding) {
    const std::string name = "CAF\xC9 \xD6ZG\xDCR\\";
    for (const auto encoding : {wire::TextEncoding::latin1, wire::TextEncoding::cp500}) {
        const Bytes octets = message_of(iso8583::Content("1240").set(43, name), encoding);
        EXPECT_EQ(iso8583::decode(octets, profile(encoding)).value().value(43), name);
    }
    EXPECT_FALSE(iso8583::encode(iso8583::Content("1240").set(43, name), profile(wire::TextEncoding::ascii)));
}

TEST(ipm_pds, is_read_from_every_element) {
    const Bytes octets =
        message_of(iso8583::Content("1240").set(48, "0001001Y0023003CT6").set(62, "0158000").set(125, "9999002AB"));
    const auto list = read_pds(iso8583::decode(octets, profile(wire::TextEncoding::cp500)).value());
    ASSERT_TRUE(list);
    EXPECT_EQ(*list, (std::vector<Pds>{{1, "Y"}, {23, "CT6"}, {158, ""}, {9999, "AB"}}));
}

TEST(ipm_pds, refuses_what_is_none) {
    for (const auto& [text, fault] : {std::pair{"0001002Y", ends_early},
                                      {"00010", ends_early},
                                      {"0001001Y0", ends_early},
                                      {"000A001Y", not_digits},
                                      {"0001 01Y", not_digits},
                                      {"0001001Y0001001N", repeated}}) {
        const Bytes octets = message_of(iso8583::Content("1240").set(48, text));
        const auto list = read_pds(iso8583::decode(octets, profile(wire::TextEncoding::cp500)).value());
        ASSERT_FALSE(list) << text;
        EXPECT_EQ(list.error().fault, fault) << text;
    }
}

TEST(ipm_pds, fills_one_element_after_the_other) {
    std::vector<Pds> list;
    for (std::uint16_t i = 1; i <= 5; ++i) list.push_back({i, std::string(600, 'x')});
    const auto contents = write_pds(list);
    ASSERT_TRUE(contents);
    for (const std::string& content : *contents) EXPECT_EQ(content.size(), 607U);
    list.push_back({6, std::string(600, 'x')});
    EXPECT_EQ(write_pds(list).error().fault, no_room);
    EXPECT_EQ(write_pds(std::vector<Pds>{{1, std::string(993, 'x')}}).error().fault, above_max_length);
    EXPECT_EQ(write_pds(std::vector<Pds>{{10'000, ""}}).error().fault, wrong_tag);
    EXPECT_EQ(write_pds(std::vector<Pds>{{1, "Y"}, {148, "9492"}}).value()[0], "0001001Y01480049492");
}

TEST(ipm_pds, what_is_written_is_read_again) {
    EXPECT_TRUE(rc::check([] {
        std::mt19937_64 chance(*rc::gen::arbitrary<std::uint64_t>());
        std::vector<Pds> list;
        for (std::uint16_t number = 0; number < 40; ++number)
            if (chance() % 3 == 0) list.push_back({number, std::string(chance() % 80, 'x')});
        const auto contents = write_pds(list);
        RC_ASSERT(contents);
        iso8583::Content content("1240");
        for (std::size_t i = 0; i < pds_elements.size(); ++i)
            if (!(*contents)[i].empty()) content.set(pds_elements[i], (*contents)[i]);
        const Bytes octets = message_of(content);
        RC_ASSERT(read_pds(iso8583::decode(octets, profile(wire::TextEncoding::cp500)).value()).value() == list);
    }));
}

TEST(ipm_card_acceptor, is_taken_apart) {
    const auto parts = parse_card_acceptor("BIG BOBS  \\80 KERNDALE ST\\DANERLEY\\3103      VICAUS");
    ASSERT_TRUE(parts);
    EXPECT_EQ(parts->name, "BIG BOBS");
    EXPECT_EQ(parts->address, "80 KERNDALE ST");
    EXPECT_EQ(parts->city, "DANERLEY");
    EXPECT_EQ(parts->postcode, "3103");
    EXPECT_EQ(parts->state, "VIC");
    EXPECT_EQ(parse_card_acceptor("A\\B\\C\\34000        TUR")->state, "   ");
    EXPECT_EQ(parts->country, "AUS");
    for (const char* text : {"", "BIG BOBS", "A\\B\\C\\", "A\\B\\C\\3103      VICAU", "A\\B\\C\\3103      VICAUSX",
                             "A\\B\\C\\3103      VIC US", "\\B\\C\\3103      VICAUS", "A\\B\\3103      VICAUS"})
        EXPECT_FALSE(parse_card_acceptor(text)) << text;
}

TEST(ipm, noise_is_read_or_refused) {
    EXPECT_TRUE(rc::check([](const Bytes& noise) {
        for (const Blocking blocking : {Blocking::none, Blocking::blocked_1014})
            RC_ASSERT(!read_file(noise, wire::TextEncoding::cp500, blocking));
    }));
}

}  // namespace
}  // namespace takas::protocol::ipm
