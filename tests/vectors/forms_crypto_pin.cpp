#include "crypto/payment/pin_block.hpp"
#include "forms_crypto.hpp"

namespace takas::vectors {
namespace {

using namespace payment;

PinFormat format_at(Value in, std::string_view name) {
    const std::int64_t format = integer(in, name);
    if (format < 0 || format > 4) throw Failure("no such PIN block format");
    return static_cast<PinFormat>(format);
}

CipherKey key_for(PinFormat format, const Bytes& key) {
    return need(CipherKey::of(format == PinFormat::iso4 ? CipherAlgorithm::aes : CipherAlgorithm::tdes, key),
                "PIN key");
}

std::string_view pan_of(Value in) { return text_or(in, "pan", ""); }

/// Making is random in formats 1, 3 and 4: what was made must be read again, and say its format.
void expect_round_trip(PinFormat format, std::string_view pin, std::string_view pan, CipherKey key) {
    const auto clear = need(clear_pin_block(format, pin, pan), "making a block");
    expect_true("the format nibble", clear.reveal()[0] >> 4 == static_cast<int>(format));
    expect_text("pin made and read", pin, need(pin_in_clear_block(format, clear.reveal(), pan), "reading").reveal());
    const auto block = need(encipher_pin(format, pin, pan, key), "enciphering");
    expect_text("pin after a round trip", pin,
                need(decipher_pin(format, block.reveal(), pan, key), "reading").reveal());
}

void check_decode(const Case& c, PinFormat format, std::string_view key_name) {
    const std::string_view pin = text(c.out, "pin");
    const std::string_view pan = pan_of(c.in);
    for (const std::string_view name : {"clear_block", "clear_pin_field"}) {
        const Value holder = has(c.in, name) ? c.in : c.out;
        if (has(holder, name))
            expect_text("pin", pin, need(pin_in_clear_block(format, hex(holder, name), pan), name).reveal());
    }
    if (format == PinFormat::iso4 && (has(c.in, "clear_pan_field") || has(c.out, "clear_pan_field"))) {
        const Value holder = has(c.in, "clear_pan_field") ? c.in : c.out;
        expect_hex("clear_pan_field", text(holder, "clear_pan_field"), need(pan_field_of_format_4(pan), "PAN field"));
    }
    if (!has(c.in, key_name)) return;
    const Bytes key = hex(c.in, key_name);
    if (has(c.in, "encrypted_block"))
        expect_text(
            "pin", pin,
            need(decipher_pin(format, hex(c.in, "encrypted_block"), pan, key_for(format, key)), "block").reveal());
    expect_round_trip(format, pin, pan, key_for(format, key));
}

TranslationPurpose purpose_of(Value in) {
    std::string purpose(text_or(in, "purpose", ""));
    for (char& letter : purpose)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    const auto says = [&](std::string_view word) { return purpose.contains(word); };
    if (says("chip") || says("icc") || says("ic card") || says("ic_card") || says("integrated circuit"))
        return TranslationPurpose::to_chip;
    if (says("issu") || says("perso")) return TranslationPurpose::issuer_pan_change;
    return TranslationPurpose::transport;
}

}  // namespace

void check_pinblock_iso0(const Case& c) {
    const std::string_view pin = text(c.in, "pin");
    const std::string_view pan = pan_of(c.in);
    const auto clear = need(clear_pin_block(PinFormat::iso0, pin, pan), "making a block");
    expect_hex_if_given(c.out, "clear_block", clear.reveal());
    if (!has(c.in, "tdes_key")) return;
    const Bytes key = hex(c.in, "tdes_key");
    const auto block = need(encipher_pin(PinFormat::iso0, pin, pan, key_for(PinFormat::iso0, key)), "enciphering");
    expect_hex_if_given(c.out, "encrypted_block", block.reveal());
    expect_round_trip(PinFormat::iso0, pin, pan, key_for(PinFormat::iso0, key));
}

void check_pinblock_iso1(const Case& c) { check_decode(c, PinFormat::iso1, "tdes_key"); }

void check_pinblock_iso2(const Case& c) {
    const std::string_view pin = text(c.in, "pin");
    const auto clear = need(clear_pin_block(PinFormat::iso2, pin, ""), "making a block");
    expect_hex("clear_block", text(c.out, "clear_block"), clear.reveal());
    expect_text("pin", pin, need(pin_in_clear_block(PinFormat::iso2, clear.reveal(), ""), "reading").reveal());
}

void check_pinblock_iso3(const Case& c) { check_decode(c, PinFormat::iso3, "tdes_key"); }
void check_pinblock_iso4(const Case& c) { check_decode(c, PinFormat::iso4, "aes_key"); }

/// The published samples: the format is in the case, and any part may be missing.
void check_pinblock(const Case& c) {
    const PinFormat format = format_at(c.in, "format");
    if (has(c.in, "pin") && format == PinFormat::iso0) return check_pinblock_iso0(c);
    if (has(c.in, "pin") && format == PinFormat::iso2) return check_pinblock_iso2(c);
    if (has(c.out, "pin")) return check_decode(c, format, format == PinFormat::iso4 ? "aes_key" : "tdes_key");
    expect_hex("clear_pan_field", text(c.out, "clear_pan_field"),
               need(pan_field_of_format_4(pan_of(c.in)), "PAN field"));
}

void check_pinblock_negative(const Case& c) {
    expect_refused(pin_in_clear_block(format_at(c.in, "format"), hex(c.in, "clear_block"), pan_of(c.in)), "the block");
}

void check_pinblock_translate(const Case& c) {
    const PinFormat format_in = format_at(c.in, "format_in");
    const PinFormat format_out = format_at(c.in, "format_out");
    const Bytes key_in = hex(c.in, "key_in");
    const Bytes key_out = hex(c.in, "key_out");
    const std::string_view pan = pan_of(c.in);
    const CipherKey out_key = key_for(format_out, key_out);
    const PinTranslation translation{format_in, key_for(format_in, key_in), format_out, out_key, pan, {}};
    const auto block = need(translate_pin(translation, hex(c.in, "block_in")), "translating");
    const auto pin = need(decipher_pin(format_out, block.reveal(), pan, out_key), "reading what was made");
    expect_text_if_given(c.out, "pin", pin.reveal());
    if (format_out == PinFormat::iso0) expect_hex_if_given(c.out, "encrypted_block_out", block.reveal());
    if (format_out != PinFormat::iso0 && has(c.out, "encrypted_block_out"))
        expect_text(
            "pin of encrypted_block_out", pin.reveal(),
            need(decipher_pin(format_out, hex(c.out, "encrypted_block_out"), pan, out_key), "reading").reveal());
}

void check_pin_translation_policy(const Case& c) {
    const bool pan_changes = has(c.in, "pan_changes") && boolean(c.in, "pan_changes");
    const bool is_permitted =
        is_translation_permitted(format_at(c.in, "from"), format_at(c.in, "to"), pan_changes, purpose_of(c.in));
    expect_true("permitted", boolean(c.out, "permitted") == is_permitted);
}

}  // namespace takas::vectors
