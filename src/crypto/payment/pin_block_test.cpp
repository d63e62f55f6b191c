#include "crypto/payment/pin_block.hpp"

#include "crypto/payment/test_keys.hpp"

namespace takas::crypto::payment {
namespace {

constexpr std::array all_formats{PinFormat::iso0, PinFormat::iso1, PinFormat::iso2, PinFormat::iso3, PinFormat::iso4};
constexpr std::array sent_formats{PinFormat::iso0, PinFormat::iso1, PinFormat::iso3, PinFormat::iso4};
constexpr std::string_view pan = "4111111111111111";

struct PinKey {
    explicit PinKey(PinFormat format)
        : bytes(random_octets(format == PinFormat::iso4 ? 32 : 16)),
          view(*CipherKey::of(format == PinFormat::iso4 ? CipherAlgorithm::aes : CipherAlgorithm::tdes, bytes)) {}
    Bytes bytes;
    CipherKey view;
};

TEST(pin_block, reads_what_it_made_in_every_format) {
    EXPECT_TRUE(rc::check([] {
        const PinFormat format = *rc::gen::elementOf(all_formats);
        const std::string card = random_pan();
        const std::string pin = random_pin();
        const auto clear = clear_pin_block(format, pin, card);
        RC_ASSERT(clear->size() == pin_block_bytes(format));
        RC_ASSERT(pin_in_clear_block(format, clear->reveal(), card)->reveal() == pin);
        if (format == PinFormat::iso2) return;
        const PinKey key(format);
        const auto block = encipher_pin(format, pin, card, key.view);
        RC_ASSERT(decipher_pin(format, block->reveal(), card, key.view)->reveal() == pin);
    }));
}

TEST(pin_block, of_format_3_is_filled_with_letters_and_never_twice_the_same) {
    std::array<int, 16> seen{};
    for (int i = 0; i < 600; ++i) {
        const auto clear = clear_pin_block(PinFormat::iso3, "1234", pan);
        for (std::size_t n = 14; n < 16; ++n) {
            // The PAN's last digits before the check digit are ones.
            ++seen[nibble_at(clear->reveal(), n) ^ 1u];
        }
    }
    for (std::size_t n = 0; n < 16; ++n) EXPECT_EQ(seen[n] > 0, n >= 10) << n;
    for (std::size_t n = 10; n < 16; ++n) EXPECT_NEAR(seen[n], 200, 80) << n;
}

/// Nibbles that say nothing: the random tail of format 1, and of format 3 (as long as a letter stays a letter).
bool is_free(PinFormat format, std::size_t nibble, std::size_t pin_size) {
    return nibble >= 2 + pin_size && (format == PinFormat::iso1 || format == PinFormat::iso3);
}

TEST(pin_block, refuses_or_reads_another_pin_when_a_bit_of_the_clear_block_flips) {
    for (const PinFormat format : all_formats) {
        for (const std::string pin : {"1234", "12345678", "123456789012"}) {
            const auto made = clear_pin_block(format, pin, pan);
            Bytes clear(made->reveal().begin(), made->reveal().end());
            for (std::size_t bit = 0; bit < 64; ++bit) {
                if (is_free(format, bit / 4, pin.size())) continue;
                clear[bit / 8] ^= static_cast<std::uint8_t>(0x80 >> bit % 8);
                const auto read = pin_in_clear_block(format, clear, pan);
                if (read) {
                    EXPECT_NE(read->reveal(), pin) << static_cast<int>(format) << ' ' << bit;
                } else {
                    EXPECT_EQ(read.error(), Fault::pin_block_refused);
                }
                clear[bit / 8] ^= static_cast<std::uint8_t>(0x80 >> bit % 8);
            }
        }
    }
}

TEST(pin_block, has_one_answer_whatever_is_wrong) {
    const PinKey tdes(PinFormat::iso0);
    const PinKey aes(PinFormat::iso4);
    // Format, length below and above, a letter in the PIN, filler; then what the caller got wrong.
    for (const std::string_view clear : {"141234FFFFFFFFFF", "031234FFFFFFFFFF", "0D1234567890123F", "0412A4FFFFFFFFFF",
                                         "041234FFFFFFFFFE", "041234FFFF0FFFFF", "F41234FFFFFFFFFF"}) {
        Bytes block = from_hex(clear);
        xor_into(block, block, from_hex("0000111111111111"));
        EXPECT_EQ(pin_in_clear_block(PinFormat::iso0, block, pan).error(), Fault::pin_block_refused) << clear;
        ecb_encrypt(tdes.view, block, block);
        EXPECT_EQ(decipher_pin(PinFormat::iso0, block, pan, tdes.view).error(), Fault::pin_block_refused) << clear;
        const ReadPin read = read_pin(PinFormat::iso0, block, pan, tdes.view);
        EXPECT_FALSE(read.is_usable);
        EXPECT_EQ(read.pin.reveal(), "0000");
    }
    EXPECT_EQ(decipher_pin(PinFormat::iso0, Bytes(7), pan, tdes.view).error(), Fault::pin_block_refused);
    EXPECT_EQ(decipher_pin(PinFormat::iso0, Bytes(8), "4111", tdes.view).error(), Fault::pin_block_refused);
    EXPECT_EQ(decipher_pin(PinFormat::iso0, Bytes(8), pan, aes.view).error(), Fault::pin_block_refused);
    EXPECT_EQ(decipher_pin(PinFormat::iso4, Bytes(16), pan, tdes.view).error(), Fault::pin_block_refused);
    EXPECT_EQ(decipher_pin(PinFormat::iso4, Bytes(8), pan, aes.view).error(), Fault::pin_block_refused);
    EXPECT_EQ(decipher_pin(PinFormat::iso2, Bytes(8), pan, tdes.view).error(), Fault::pin_block_refused);
}

TEST(pin_block, of_one_card_does_not_read_as_the_same_pin_of_another) {
    for (const PinFormat format : {PinFormat::iso0, PinFormat::iso3, PinFormat::iso4}) {
        const PinKey key(format);
        const auto block = encipher_pin(format, "1234", pan, key.view);
        const auto read = decipher_pin(format, block->reveal(), "4222222222222220", key.view);
        EXPECT_TRUE(!read || read->reveal() != "1234");
    }
}

TEST(pin_block, refuses_pins_and_keys_that_do_not_fit) {
    const PinKey tdes(PinFormat::iso0);
    const Bytes single(8);
    for (const std::string_view pin : {"", "123", "1234567890123", "12a4", "12 4"})
        EXPECT_EQ(clear_pin_block(PinFormat::iso0, pin, pan).error(), Fault::pin_refused) << pin;
    EXPECT_EQ(clear_pin_block(PinFormat::iso0, "1234", "411").error(), Fault::pan_refused);
    EXPECT_EQ(encipher_pin(PinFormat::iso2, "1234", pan, tdes.view).error(), Fault::translation_refused);
    EXPECT_EQ(encipher_pin(PinFormat::iso4, "1234", pan, tdes.view).error(), Fault::key_length_refused);
    EXPECT_EQ(encipher_pin(PinFormat::iso0, "1234", pan, *CipherKey::tdes(single)).error(), Fault::key_length_refused);
    EXPECT_FALSE(pan_field_of_format_4(""));
    EXPECT_FALSE(pan_field_of_format_4("12345678901234567890"));
    EXPECT_EQ(hex_encode(*pan_field_of_format_4("1234567890123456789")), "71234567890123456789000000000000");
}

TEST(pin_block, of_format_3_is_filled_with_letters_only) {
    const auto made = clear_pin_block(PinFormat::iso3, "1234", pan);
    Bytes clear(made->reveal().begin(), made->reveal().end());
    for (std::uint8_t nibble = 0; nibble < 16; ++nibble) {
        set_nibble(clear, 15, nibble ^ 1);  // the PAN's digit there is a one
        EXPECT_EQ(pin_in_clear_block(PinFormat::iso3, clear, pan).has_value(), nibble >= 10) << int{nibble};
    }
}

TEST(translation_policy, is_that_of_pci_pin) {
    using enum TranslationPurpose;
    for (const PinFormat from : all_formats) {
        for (const PinFormat to : all_formats) {
            const bool from_bound = is_bound_to_pan(from);
            const bool to_bound = is_bound_to_pan(to);
            const bool within_bound = from_bound && to_bound;
            const bool from_free = from == PinFormat::iso1 && to != PinFormat::iso2;
            EXPECT_EQ(is_translation_permitted(from, to, false), within_bound || from_free);
            EXPECT_EQ(is_translation_permitted(from, to, true), from_free);
            EXPECT_EQ(is_translation_permitted(from, to, true, issuer_pan_change), within_bound || from_free);
            EXPECT_EQ(is_translation_permitted(from, to, false, to_chip),
                      to == PinFormat::iso2 || within_bound || from_free);
        }
    }
}

TEST(translation, keeps_the_pin_and_follows_the_policy) {
    EXPECT_TRUE(rc::check([] {
        const PinFormat from = *rc::gen::elementOf(sent_formats);
        const PinFormat to = *rc::gen::elementOf(sent_formats);
        const PinKey key_in(from);
        const PinKey key_out(to);
        const std::string card = random_pan();
        const std::string pin = random_pin();
        const auto block = encipher_pin(from, pin, card, key_in.view);
        const auto out = translate_pin({from, key_in.view, to, key_out.view, card, {}}, block->reveal());
        RC_ASSERT(out.has_value() == is_translation_permitted(from, to, false));
        if (!out) RC_ASSERT(out.error() == Fault::translation_refused);
        if (out) RC_ASSERT(decipher_pin(to, out->reveal(), card, key_out.view)->reveal() == pin);
    }));
}

TEST(translation, of_an_unreadable_block_says_only_that) {
    const PinKey in(PinFormat::iso0);
    const PinKey out(PinFormat::iso4);
    const PinTranslation translation{PinFormat::iso0, in.view, PinFormat::iso4, out.view, pan, {}};
    int refused = 0;
    for (int i = 0; i < 50; ++i) {
        const auto result = translate_pin(translation, random_octets(8));
        if (!result) EXPECT_EQ(result.error(), Fault::pin_block_refused);
        refused += !result.has_value();
    }
    EXPECT_GE(refused, 49);
    EXPECT_EQ(translate_pin(translation, Bytes(5)).error(), Fault::pin_block_refused);
}

TEST(translation, to_a_new_card_is_for_the_issuer_only) {
    const PinKey key(PinFormat::iso0);
    const std::string_view new_pan = "4222222222222220";
    const auto block = encipher_pin(PinFormat::iso0, "9876", pan, key.view);
    const PinTranslation translation{PinFormat::iso0, key.view, PinFormat::iso0, key.view, pan, new_pan};
    EXPECT_EQ(translate_pin(translation, block->reveal()).error(), Fault::translation_refused);
    const auto moved = translate_pin(translation, block->reveal(), TranslationPurpose::issuer_pan_change);
    ASSERT_TRUE(moved);
    EXPECT_EQ(decipher_pin(PinFormat::iso0, moved->reveal(), new_pan, key.view)->reveal(), "9876");
}

}  // namespace
}  // namespace takas::crypto::payment
