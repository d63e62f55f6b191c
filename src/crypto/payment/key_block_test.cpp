#include "crypto/payment/key_block.hpp"

#include "crypto/payment/mac.hpp"
#include "crypto/payment/test_keys.hpp"

namespace takas::crypto::payment {
namespace {

const Bytes kbpk = from_hex("88E1AB2A2E3DD38C1FA039A536500CC8A87AB9D62DC92C01058FA79F44657DE6");
const Bytes tdes_kbpk = from_hex("DD7515F2BFC17F85CE48F3CA25CB21F6");
const Bytes pin_key = from_hex("3F419E1CB7079442AA37474C2EFBF8B8");

KeyBlockHeader header_of(char version) {
    return {version, "P0", version == 'D' || version == 'E' ? 'A' : 'T', 'E', "00", 'E', {}, '0'};
}
const Bytes& kbpk_of(char version) { return version == 'D' || version == 'E' ? kbpk : tdes_kbpk; }

std::string block_of(char version, std::vector<OptionalBlock> optional = {}) {
    KeyBlockHeader header = header_of(version);
    header.optional_blocks = std::move(optional);
    return wrap_key_block_of_any_version(kbpk_of(version), header, pin_key).value();
}

TEST(key_block, reads_the_examples_of_the_standards) {
    const auto read = unwrap_key_block(kbpk,
                                       "D0112P0AE00E0000B82679114F470F540165EDFBF7E250FCEA43F810D215F8D207E2E417C07156A"
                                       "27E8E31DA05F7425509593D03A457DC34");
    ASSERT_TRUE(read);
    EXPECT_EQ(hex_encode(read->key.reveal()), hex_encode(pin_key));
    EXPECT_EQ(read->header, header_of('D'));
}

TEST(key_block, comes_back_as_it_was_wrapped) {
    EXPECT_TRUE(rc::check([] {
        const char version = *rc::gen::element('A', 'B', 'C', 'D', 'E');
        const bool is_aes = version == 'D' || version == 'E';
        const Bytes root =
            random_octets(is_aes ? *rc::gen::element<std::size_t>(16, 24, 32) : *rc::gen::element<std::size_t>(16, 24));
        KeyBlockHeader header = header_of(version);
        header.algorithm = *rc::gen::element('T', 'A', 'H');
        header.usage = *rc::gen::element<std::string>("P0", "K0", "D0");
        header.exportability = *rc::gen::element('E', 'N', 'S');
        header.key_version = *rc::gen::element<std::string>("00", "c1", "42", "aZ");
        header.key_context = *rc::gen::element('0', '1', '2');
        const auto optional_count = *rc::gen::inRange(0, 4);
        for (int i = 0; i < optional_count; ++i) {
            const std::size_t size = *rc::gen::element<std::size_t>(0, 1, 4, 20, 251, 252, 700);
            header.optional_blocks.push_back({"L" + std::to_string(i), random_digits(size)});
        }
        const Bytes key = random_octets(header.algorithm == 'T'   ? *rc::gen::element<std::size_t>(16, 24)
                                        : header.algorithm == 'A' ? *rc::gen::element<std::size_t>(16, 24, 32)
                                                                  : *rc::gen::inRange<std::size_t>(1, 100));
        const auto text = wrap_key_block_of_any_version(root, header, key);
        RC_ASSERT(text.has_value());
        RC_ASSERT(*read_key_block_header(*text) == header);
        const auto read = unwrap_key_block(root, *text);
        RC_ASSERT(read.has_value());
        RC_ASSERT(read->header == header);
        RC_ASSERT(std::ranges::equal(read->key.reveal(), key));
    }));
}

TEST(key_block, refuses_every_flipped_bit_and_every_cut) {
    for (const char version : {'A', 'B', 'C', 'D', 'E'}) {
        for (const bool has_optional : {false, true}) {
            std::vector<OptionalBlock> optional;
            if (has_optional) optional.push_back({"KS", "00604B120F9292800000"});
            const std::string text = block_of(version, std::move(optional));
            ASSERT_TRUE(unwrap_key_block(kbpk_of(version), text));
            for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
                std::string changed = text;
                changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
                EXPECT_FALSE(unwrap_key_block(kbpk_of(version), changed)) << version << ' ' << bit;
            }
            for (std::size_t size = 0; size < text.size(); ++size)
                EXPECT_FALSE(unwrap_key_block(kbpk_of(version), std::string_view(text).substr(0, size)));
            EXPECT_FALSE(unwrap_key_block(kbpk_of(version), text + "00"));
            Bytes other = kbpk_of(version);
            other[0] ^= 0x10;
            EXPECT_EQ(unwrap_key_block(other, text).error(), Fault::block_mac_wrong) << version;
        }
    }
}

/// A version D block with one field replaced, and what is said to it.
Fault fault_of(std::size_t at, std::string_view field) {
    std::string text = block_of('D');
    text.replace(at, field.size(), field);
    const auto read = unwrap_key_block(kbpk, text);
    return read ? Fault::count_ : read.error();
}

TEST(key_block, says_which_field_is_wrong) {
    EXPECT_EQ(fault_of(0, "F"), Fault::block_version_refused);
    EXPECT_EQ(fault_of(1, "0113"), Fault::block_length_refused);
    EXPECT_EQ(fault_of(1, "01 2"), Fault::block_length_refused);
    EXPECT_EQ(fault_of(5, "Z9"), Fault::block_usage_unknown);
    EXPECT_EQ(fault_of(7, "Q"), Fault::block_algorithm_unknown);
    EXPECT_EQ(fault_of(8, "Q"), Fault::block_mode_unknown);
    EXPECT_EQ(fault_of(9, "0-"), Fault::block_number_refused);
    EXPECT_EQ(fault_of(11, "Q"), Fault::block_exportability_unknown);
    EXPECT_EQ(fault_of(12, "0x"), Fault::block_optional_refused);
    EXPECT_EQ(fault_of(12, "99"), Fault::block_optional_refused);
    EXPECT_EQ(fault_of(14, "01"), Fault::block_reserved_refused);
    EXPECT_EQ(fault_of(14, "30"), Fault::block_reserved_refused);
    EXPECT_EQ(fault_of(14, "10"), Fault::block_mac_wrong);  // a key context that exists
    EXPECT_EQ(fault_of(20, "g"), Fault::block_text_refused);
    EXPECT_EQ(fault_of(20, "\n"), Fault::block_text_refused);
    EXPECT_EQ(fault_of(9, "01"), Fault::block_mac_wrong);
    EXPECT_EQ(unwrap_key_block(Bytes(8), block_of('D')).error(), Fault::key_length_refused);
    EXPECT_EQ(unwrap_key_block(Bytes(8), block_of('B')).error(), Fault::key_length_refused);
    EXPECT_EQ(unwrap_key_block(Bytes(32), block_of('A')).error(), Fault::key_length_refused);
    EXPECT_EQ(unwrap_key_block(kbpk, "").error(), Fault::block_length_refused);
    EXPECT_EQ(unwrap_key_block(kbpk, std::string(20'000, 'D')).error(), Fault::block_length_refused);
}

TEST(key_block, reads_optional_blocks_strictly) {
    const auto header_with = [](std::string_view count, std::string_view optional) {
        std::string text = "D0000P0AE00E" + std::string(count) + "00" + std::string(optional);
        text.resize(16 + (optional.size() + 15) / 16 * 16 + 96, '0');
        const std::string size = std::to_string(text.size());
        text.replace(5 - size.size(), size.size(), size);
        return read_key_block_header(text);
    };
    EXPECT_TRUE(header_with("01", "KS10ABCDEFGHIJKL"));
    EXPECT_FALSE(header_with("01", "KS0FABCDEFGHIJK"));   // not whole cipher blocks
    EXPECT_FALSE(header_with("01", "KS03ABCDEFGHIJKL"));  // shorter than its own head
    EXPECT_FALSE(header_with("01", "KSFFABCDEFGHIJKL"));  // longer than the block
    EXPECT_FALSE(header_with("01", "KS1gABCDEFGHIJKL"));  // no hex
    EXPECT_FALSE(header_with("01", "K-10ABCDEFGHIJKL"));  // no id
    EXPECT_FALSE(header_with("02", "PB08AAAAKS08AAAA"));  // padding comes last
    EXPECT_TRUE(header_with("02", "KS08AAAAPB08AAAA"));
    EXPECT_FALSE(header_with("02", "KS08AAAAKS08BBBB"));  // twice the same
    EXPECT_TRUE(header_with("01", "KS00040010ABCDEF"));   // the long form of the length
    EXPECT_TRUE(header_with("01", "KS00020010ABCDEF"));   // and how others write it
    EXPECT_FALSE(header_with("01", "KS00010010ABCDEF"));
    EXPECT_FALSE(header_with("01", "KS00020009ABCDEF"));
    EXPECT_FALSE(header_with("99", "KS10ABCDEFGHIJKL"));
}

TEST(key_block, hides_how_long_the_key_is) {
    EXPECT_EQ(block_of('B').size(), wrap_key_block(tdes_kbpk, header_of('B'), Bytes(24))->size());
    EXPECT_EQ(block_of('D').size(), wrap_key_block(kbpk, header_of('D'), Bytes(32))->size());
    EXPECT_NE(block_of('D'), block_of('D'));
}

TEST(key_block, is_written_in_versions_b_and_d_only) {
    for (const char version : {'A', 'C', 'E'})
        EXPECT_EQ(wrap_key_block(kbpk_of(version), header_of(version), pin_key).error(), Fault::block_wrap_refused);
    for (const char version : {'B', 'D'}) EXPECT_TRUE(wrap_key_block(kbpk_of(version), header_of(version), pin_key));
    EXPECT_EQ(wrap_key_block(kbpk, header_of('Z'), pin_key).error(), Fault::block_version_refused);
}

TEST(key_block, is_not_written_with_a_header_that_cannot_be) {
    const auto refused = [](auto change) {
        KeyBlockHeader header = header_of('D');
        change(header);
        const auto text = wrap_key_block(kbpk, header, pin_key);
        return text ? Fault::count_ : text.error();
    };
    EXPECT_EQ(refused([](KeyBlockHeader& h) { h.usage = "XX"; }), Fault::block_usage_unknown);
    EXPECT_EQ(refused([](KeyBlockHeader& h) { h.usage = "B0"; }), Fault::block_mode_refused);
    EXPECT_EQ(refused([](KeyBlockHeader& h) { h.mode_of_use = 'X'; }), Fault::block_mode_refused);
    EXPECT_EQ(refused([](KeyBlockHeader& h) { h.mode_of_use = '?'; }), Fault::block_mode_unknown);
    EXPECT_EQ(refused([](KeyBlockHeader& h) { h.algorithm = 'Z'; }), Fault::block_algorithm_unknown);
    EXPECT_EQ(refused([](KeyBlockHeader& h) { h.key_version = "1"; }), Fault::block_number_refused);
    EXPECT_EQ(refused([](KeyBlockHeader& h) { h.exportability = 'X'; }), Fault::block_exportability_unknown);
    EXPECT_EQ(refused([](KeyBlockHeader& h) { h.optional_blocks = {{"PB", "0"}}; }), Fault::block_optional_refused);
    EXPECT_EQ(refused([](KeyBlockHeader& h) { h.optional_blocks = {{"LB", "a\nb"}}; }), Fault::block_optional_refused);
    EXPECT_EQ(refused([](KeyBlockHeader& h) { h.optional_blocks = {{"LB", std::string(9999, '0')}}; }),
              Fault::block_length_refused);
    EXPECT_EQ(wrap_key_block(kbpk, header_of('D'), Bytes(8)).error(), Fault::block_key_refused);
    // A single part is read from others and never written.
    EXPECT_EQ(wrap_key_block(tdes_kbpk, header_of('B'), Bytes(8)).error(), Fault::block_key_refused);
    EXPECT_TRUE(unwrap_key_block(tdes_kbpk, *wrap_key_block_of_any_version(tdes_kbpk, header_of('B'), Bytes(8))));
    EXPECT_EQ(wrap_key_block(kbpk, header_of('D'), {}).error(), Fault::block_key_refused);
}

TEST(key_block, opens_with_keys_derived_elsewhere) {
    // What a token does: it takes the CMACs of these texts and hands out the two derived keys.
    for (const std::size_t size : {16uz, 24uz, 32uz}) {
        const ByteView root = ByteView(kbpk).first(size);
        const CipherKey cmac_key = *CipherKey::aes(root);
        KeyBlockKeys keys;
        for (const auto& [use, out] : {std::pair{KeyBlockKeyUse::encryption, &keys.encryption},
                                       std::pair{KeyBlockKeyUse::authentication, &keys.authentication}}) {
            const auto parts = *key_block_derivation_data('D', size, use);
            SecretBytes key(parts.size() * 16);
            for (std::size_t i = 0; i < parts.size(); ++i) cmac(cmac_key, parts[i], key.writable().subspan(i * 16, 16));
            key.shrink(size);
            *out = std::move(key);
        }
        const auto text = wrap_key_block(keys, header_of('D'), pin_key);
        ASSERT_TRUE(text);
        EXPECT_EQ(hex_encode(unwrap_key_block(root, *text)->key.reveal()), hex_encode(pin_key));
    }
    EXPECT_EQ(key_block_derivation_data('A', 16, KeyBlockKeyUse::encryption).error(), Fault::block_version_refused);
    EXPECT_EQ(key_block_derivation_data('D', 20, KeyBlockKeyUse::encryption).error(), Fault::key_length_refused);
}

}  // namespace
}  // namespace takas::crypto::payment
