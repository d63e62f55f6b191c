// Making and reading PIN blocks. Reading collects objections in one octet without a branch or an early end: every
// nibble is looked at in every format, and the only decision is taken at the end on whether there was any objection.
#include "crypto/payment/pin_block.hpp"

#include <algorithm>
#include <array>

#include "crypto/payment/digits.hpp"
#include "crypto/payment/pin_reference.hpp"
#include "crypto/random.hpp"

namespace takas::crypto::payment {
namespace {

constexpr std::size_t pin_nibbles = 14;  ///< after format and length
constexpr std::uint8_t fill_f = 0xF;
constexpr std::uint8_t fill_a = 0xA;

/// All ones when it holds, all zeros when not.
constexpr std::uint16_t mask(bool holds) { return static_cast<std::uint16_t>(0u - static_cast<unsigned>(holds)); }

/// The 12 digits before the check digit as the right part of a block that is added to the PIN.
DesBlock pan_block(std::string_view pan) {
    DesBlock block{};
    const std::string_view digits = pan.substr(0, pan.size() - 1);
    const std::string_view right = digits.substr(digits.size() > 12 ? digits.size() - 12 : 0);
    set_digits(block, 16 - right.size(), right);
    return block;
}

bool adds_pan_block(PinFormat format) { return format == PinFormat::iso0 || format == PinFormat::iso3; }

/// Random digits A to F, each as likely as the others.
void fill_random_letters(std::span<std::uint8_t> bytes, std::size_t first, std::size_t last) {
    SecretArray<32> random;
    std::size_t used = random.size();
    for (std::size_t i = first; i < last;) {
        if (used == random.size()) {
            random_fill(random.writable());
            used = 0;
        }
        // 252 is the largest multiple of 6 in an octet: what lies above would favour A to D.
        if (const std::uint8_t octet = random.reveal()[used++]; octet < 252)
            set_nibble(bytes, i++, static_cast<std::uint8_t>(10 + octet % 6));
    }
}

/// The fields of a clear block before any PAN is added: 16 nibbles.
void write_pin_field(PinFormat format, std::string_view pin, std::span<std::uint8_t> block) {
    const std::uint8_t fill = format == PinFormat::iso4 ? fill_a : fill_f;
    std::ranges::fill(block.first<8>(), static_cast<std::uint8_t>(fill << 4 | fill));
    block[0] = static_cast<std::uint8_t>(static_cast<std::size_t>(format) << 4 | pin.size());
    set_digits(block, 2, pin);
    const std::size_t filler = 2 + pin.size();
    switch (format) {
        case PinFormat::iso0:
        case PinFormat::iso2:
            break;
        case PinFormat::iso1: {
            SecretArray<8> random;
            random_fill(random.writable());
            for (std::size_t i = filler; i < 16; ++i) set_nibble(block, i, nibble_at(random.reveal(), i));
            break;
        }
        case PinFormat::iso3:
            fill_random_letters(block, filler, 16);
            break;
        case PinFormat::iso4:
            random_fill(block.subspan(8));
            break;
    }
}

/// The clear block of a PIN and a PAN that were checked.
PinBlock made_block(PinFormat format, std::string_view pin, std::string_view pan) {
    PinBlock block(pin_block_bytes(format));
    write_pin_field(format, pin, block.writable());
    if (adds_pan_block(format)) xor_into(block.writable(), block.reveal(), pan_block(pan));
    return block;
}

/// Which nibbles may fill a block behind the PIN, bit n for nibble n.
constexpr std::uint16_t fillers_of(PinFormat format) {
    switch (format) {
        case PinFormat::iso0:
        case PinFormat::iso2:
            return 1u << fill_f;
        case PinFormat::iso1:
            return 0xFFFF;
        case PinFormat::iso3:
            return 0xFC00;
        case PinFormat::iso4:
            return 1u << fill_a;
    }
    return 0;
}
constexpr std::uint16_t decimal_nibbles = 0x03FF;

/// Reads 16 nibbles of which the PAN was taken off. The PIN is 0000 when there is any objection.
ReadPin read_pin_field(PinFormat format, ByteView block) {
    SecretArray<2 + pin_nibbles> nibbles;
    for (std::size_t i = 0; i < nibbles.size() / 2; ++i) {
        nibbles.writable()[2 * i] = high_nibble(block[i]);
        nibbles.writable()[2 * i + 1] = low_nibble(block[i]);
    }
    const std::uint8_t length = nibbles.reveal()[1];
    const std::uint16_t fillers = fillers_of(format);
    unsigned objections = nibbles.reveal()[0] ^ static_cast<unsigned>(format);
    objections |= mask(length < min_pin_digits) | mask(length > max_pin_digits);
    const auto digits = nibbles.writable().subspan<2>();
    for (std::size_t i = 0; i < pin_nibbles; ++i) {
        const std::uint16_t is_pin_digit = mask(i < length);
        const auto allowed = static_cast<std::uint16_t>((decimal_nibbles & is_pin_digit) | (fillers & ~is_pin_digit));
        objections |= ~(static_cast<unsigned>(allowed) >> digits[i]) & 1u;
    }
    const bool is_usable = objections == 0;
    const std::uint8_t keep = static_cast<std::uint8_t>(mask(is_usable));
    for (std::uint8_t& digit : digits) digit = static_cast<std::uint8_t>('0' + (digit & keep));
    return {SecretDigits(text_of(digits).substr(0, is_usable ? length : min_pin_digits)), is_usable};
}

/// What goes wrong before there is a block to read. It costs less; it is the caller's mistake and not the PIN's.
ReadPin unreadable() { return {SecretDigits("0000"), false}; }

bool fits_key(PinFormat format, CipherKey key) {
    if (format == PinFormat::iso4) return key.algorithm() == CipherAlgorithm::aes;
    return key.algorithm() == CipherAlgorithm::tdes && key.reveal().size() >= 16;
}

bool fits_pan(PinFormat format, std::string_view pan) { return !is_bound_to_pan(format) || is_pan(pan); }

/// M and the digits: 1 to 19 of them.
AesBlock pan_field(std::string_view pan) {
    AesBlock field{};
    const std::size_t filled_to = std::max<std::size_t>(pan.size(), 12);
    set_nibble(field, 0, static_cast<std::uint8_t>(filled_to - 12));
    set_digits(field, 1 + filled_to - pan.size(), pan);
    return field;
}

}  // namespace

Outcome<AesBlock> pan_field_of_format_4(std::string_view pan) {
    if (pan.empty() || pan.size() > 19 || !are_digits(pan)) return refuse(Fault::pan_refused);
    return pan_field(pan);
}

Outcome<PinBlock> clear_pin_block(PinFormat format, std::string_view pin, std::string_view pan) {
    if (!is_pin(pin)) return refuse(Fault::pin_refused);
    if (adds_pan_block(format) && !is_pan(pan)) return refuse(Fault::pan_refused);
    return made_block(format, pin, pan);
}

Outcome<SecretDigits> pin_in_clear_block(PinFormat format, ByteView clear_block, std::string_view pan) {
    if (clear_block.size() != pin_block_bytes(format) || (adds_pan_block(format) && !is_pan(pan)))
        return refuse(Fault::pin_block_refused);
    SecretArray<8> field;
    std::ranges::copy(clear_block.first(8), field.writable().begin());
    if (adds_pan_block(format)) xor_into(field.writable(), field.reveal(), pan_block(pan));
    ReadPin read = read_pin_field(format, field.reveal());
    if (!read.is_usable) return refuse(Fault::pin_block_refused);
    return std::move(read.pin);
}

Outcome<PinBlock> encipher_pin(PinFormat format, std::string_view pin, std::string_view pan, CipherKey key) {
    if (format == PinFormat::iso2) return refuse(Fault::translation_refused);
    if (!fits_key(format, key)) return refuse(Fault::key_length_refused);
    if (!is_pin(pin)) return refuse(Fault::pin_refused);
    if (!fits_pan(format, pan)) return refuse(Fault::pan_refused);
    PinBlock block = made_block(format, pin, pan);
    ecb_encrypt(key, block.reveal(), block.writable());
    if (format == PinFormat::iso4) {
        xor_into(block.writable(), block.reveal(), pan_field(pan));
        ecb_encrypt(key, block.reveal(), block.writable());
    }
    return block;
}

ReadPin read_pin(PinFormat format, ByteView block, std::string_view pan, CipherKey key) {
    if (format == PinFormat::iso2 || block.size() != pin_block_bytes(format) || !fits_key(format, key) ||
        !fits_pan(format, pan)) {
        return unreadable();
    }
    SecretArray<16> clear;
    const auto used = clear.writable().first(block.size());
    ecb_decrypt(key, block, used);
    if (format == PinFormat::iso4) {
        xor_into(used, used, pan_field(pan));
        ecb_decrypt(key, used, used);
    } else if (adds_pan_block(format)) {
        xor_into(used, used, pan_block(pan));
    }
    return read_pin_field(format, used.first(8));
}

Outcome<SecretDigits> decipher_pin(PinFormat format, ByteView block, std::string_view pan, CipherKey key) {
    ReadPin read = read_pin(format, block, pan, key);
    if (!read.is_usable) return refuse(Fault::pin_block_refused);
    return std::move(read.pin);
}

bool is_translation_permitted(PinFormat from, PinFormat to, bool pan_changes, TranslationPurpose purpose) {
    // Into the chip the block loses its PAN anyway; nothing ever leaves format 2 for anything else.
    if (to == PinFormat::iso2) return purpose == TranslationPurpose::to_chip;
    if (from == PinFormat::iso2) return false;
    if (from == PinFormat::iso1) return true;
    if (to == PinFormat::iso1) return false;
    return !pan_changes || purpose == TranslationPurpose::issuer_pan_change;
}

Outcome<PinBlock> translate_pin(const PinTranslation& translation, ByteView block, TranslationPurpose purpose) {
    const PinTranslation& t = translation;
    const std::string_view pan_out = t.new_pan.empty() ? t.pan : t.new_pan;
    if (!is_translation_permitted(t.format_in, t.format_out, pan_out != t.pan, purpose))
        return refuse(Fault::translation_refused);
    // A block that cannot be read is translated all the same, as 0000, and then thrown away: equal work.
    const ReadPin read = read_pin(t.format_in, block, t.pan, t.key_in);
    auto translated = encipher_pin(t.format_out, read.pin.reveal(), pan_out, t.key_out);
    if (!translated || !read.is_usable) return refuse(read.is_usable ? translated.error() : Fault::pin_block_refused);
    return translated;
}

}  // namespace takas::crypto::payment
