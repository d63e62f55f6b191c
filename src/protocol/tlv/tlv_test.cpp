#include "protocol/tlv/tlv.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/encoding.hpp"

namespace takas::protocol::tlv {
namespace {

Bytes octets_of(std::string_view hex) { return hex_decode(hex).value(); }

wire::Fault fault_of(std::string_view hex) {
    const Bytes octets = octets_of(hex);
    const auto tree = decode(octets);
    EXPECT_FALSE(tree) << hex;
    return tree ? wire::Fault::no_room : tree.error().fault;
}

void expect_same_again(std::string_view hex) {
    const Bytes octets = octets_of(hex);
    const auto tree = decode(octets);
    ASSERT_TRUE(tree) << hex << ": " << describe(tree.error());
    EXPECT_EQ(encode(*tree), octets) << hex;
}

TEST(tlv, keeps_order_and_nesting) {
    const Bytes octets = octets_of("6F1A840E315041592E5359532E4444463031A5088801025F2D02656E9F360200019C00");
    const auto tree = decode(octets);
    ASSERT_TRUE(tree);
    ASSERT_EQ(tree->size(), 7U);
    const std::array<Tag, 7> tags{0x6F, 0x84, 0xA5, 0x88, 0x5F2D, 0x9F36, 0x9C};
    const std::array<int, 7> depths{0, 1, 1, 2, 2, 0, 0}, ends{5, 2, 5, 4, 5, 6, 7};
    for (std::size_t i = 0; i < tags.size(); ++i) {
        EXPECT_EQ((*tree)[i].tag, tags[i]);
        EXPECT_EQ((*tree)[i].depth, depths[i]);
        EXPECT_EQ((*tree)[i].end, ends[i]);
    }
    EXPECT_EQ(hex_encode(tree->value((*tree)[4])), "656e");
    EXPECT_EQ(hex_encode(tree->find(0x9F36).value()), "0001");
    EXPECT_TRUE(tree->find(0x9C)->empty());
    EXPECT_FALSE(tree->find(0x5F2D)) << "not at the top";
    EXPECT_EQ(encode(*tree), octets);
}

TEST(tlv, takes_every_form_of_tag_and_length) {
    for (const char* hex : {"", "9C00", "9C01FF", "9F0200", "9F820100", "DF81290411223344", "FF8105009C00", "E000",
                            "E0029C00", "E0049F0001FF9C01FF", "E000E000"})
        expect_same_again(hex);
    for (const std::size_t size : {127U, 128U, 255U, 256U, 511U, 65'000U}) {
        Writer writer;
        writer.add(0x9C, Bytes(size, 0xFF));
        expect_same_again(hex_encode(writer.octets()));
    }
}

TEST(tlv, refuses_what_is_not_whole) {
    using enum wire::Fault;
    for (const char* hex :
         {"9F", "9FF0", "9C", "9C81", "9C8200", "9C01", "9C0200", "E001", "E0019F0001FF", "E0019C01FF", "E0029C8101FF",
          "E0039C8201FF", "9C01FFAA", "E0039C01FFAA", "70028401FF", "DF81"})
        EXPECT_EQ(fault_of(hex), ends_early) << hex;
    EXPECT_EQ(fault_of("E0039C8101C001FF"), length_not_minimal);
}

TEST(tlv, refuses_other_spellings_of_the_same) {
    using enum wire::Fault;
    EXPECT_EQ(fault_of("9C80"), indefinite_length);
    EXPECT_EQ(fault_of("E0809C000000"), indefinite_length);
    EXPECT_EQ(fault_of("9C8101FF"), length_not_minimal);
    EXPECT_EQ(fault_of("9C820001FF"), length_not_minimal);
    EXPECT_EQ(fault_of("9C83000001FF"), length_not_minimal);
    EXPECT_EQ(fault_of("9C8400000001FF"), above_max_length);
    EXPECT_EQ(fault_of("9CFF"), above_max_length);
    EXPECT_EQ(fault_of("00"), wrong_tag);
    EXPECT_EQ(fault_of("9C010000"), wrong_tag) << "padding between objects";
    EXPECT_EQ(fault_of("9F800101FF"), wrong_tag);
    EXPECT_EQ(fault_of("9F8181818101FF"), wrong_tag) << "five octets";
}

TEST(tlv, has_limits) {
    using enum wire::Fault;
    Bytes deep;
    for (std::size_t i = 0; i < max_depth; ++i) {
        Writer writer;
        writer.add(0xE0, deep);
        deep = writer.octets();
        EXPECT_EQ(decode(deep).has_value(), i + 1 < max_depth) << i;
    }
    EXPECT_EQ(decode(deep).error().fault, too_deep);
    Bytes many;
    for (std::size_t i = 0; i < max_objects; ++i) many.insert(many.end(), {0x9C, 0x00});
    EXPECT_TRUE(decode(many));
    many.insert(many.end(), {0x9C, 0x00});
    EXPECT_EQ(decode(many).error().fault, too_many);
    EXPECT_EQ(decode(Bytes(max_bytes + 1)).error().fault, too_long);
    EXPECT_THROW(Writer().close(), std::length_error);
    EXPECT_THROW(Writer().add(0x9C, Bytes(max_bytes + 1)), std::length_error);
}

TEST(tlv, errors_name_the_tag_and_no_value) {
    const auto tree = decode(octets_of("9F2608F1E2D3C4B5"));
    EXPECT_EQ(describe(tree.error()), "tag 9F26 ends too early (octet 3)");
}

TEST(tlv, a_template_is_written_as_it_is_read) {
    Writer writer;
    writer.open(0x71).add(0x9F18, octets_of("00000001")).add(0x86, octets_of("8418000008")).close();
    EXPECT_EQ(hex_encode(writer.octets()), "710e9f18040000000186058418000008");
    expect_same_again(hex_encode(writer.octets()));
}

/// Random objects, some of them templates.
void add_objects(Writer& writer, std::size_t& budget, int depth) {
    const int count = *rc::gen::inRange(0, 5);
    for (int i = 0; i < count && budget > 0; ++i, --budget) {
        const Tag tag = *rc::gen::element<Tag>(0x82, 0x9F26, 0xDF8129, 0x5F2A, 0xE0, 0xBF0C, 0xFF8105);
        if (is_constructed(tag)) {
            if (depth + 2 >= static_cast<int>(max_depth)) continue;
            writer.open(tag);
            add_objects(writer, budget, depth + 1);
            writer.close();
        } else {
            writer.add(tag, Bytes(*rc::gen::inRange<std::size_t>(0, 300), 0x5A));
        }
    }
}

TEST(tlv, random_trees_come_back_and_no_part_of_them_is_a_tree) {
    EXPECT_TRUE(rc::check([] {
        Writer writer;
        std::size_t budget = 40;
        add_objects(writer, budget, 0);
        const Bytes octets = writer.octets();
        const auto tree = decode(octets);
        RC_ASSERT(tree);
        RC_ASSERT(encode(*tree) == octets);
        // Cut anywhere but between two objects at the top, it is refused.
        std::vector<bool> between(octets.size() + 1, false);
        between[0] = true;
        for (std::size_t i = 0; i < tree->size(); i = (*tree)[i].end)
            between[(*tree)[i].value_begin + (*tree)[i].value_size] = true;
        for (std::size_t size = 0; size <= octets.size(); ++size)
            RC_ASSERT(decode(ByteView(octets).first(size)).has_value() == between[size]);
    }));
}

TEST(tlv, noise_is_read_or_refused) {
    EXPECT_TRUE(rc::check([](const Bytes& noise) {
        if (const auto tree = decode(noise)) RC_ASSERT(encode(*tree) == noise);
    }));
}

}  // namespace
}  // namespace takas::protocol::tlv
