#include "protocol/iso8583/message.hpp"
#include "protocol/wire/packed.hpp"

namespace takas::protocol::iso8583 {

using wire::Fault;
using wire::FormatError;
using wire::Place;
using wire::refuse;

namespace {

using Trouble = std::optional<FormatError>;

wire::Nibbles nibbles_of(Attribute attribute) {
    return attribute == Attribute::z ? wire::Nibbles::digits_and_separator : wire::Nibbles::digits;
}

/// The value of a hexadecimal digit, 16 for anything else.
std::uint8_t hex_value(std::uint8_t character) {
    if (character >= '0' && character <= '9') return static_cast<std::uint8_t>(character - '0');
    if (character >= 'A' && character <= 'F') return static_cast<std::uint8_t>(character - 'A' + 10);
    if (character >= 'a' && character <= 'f') return static_cast<std::uint8_t>(character - 'a' + 10);
    return 16;
}

}  // namespace

struct Decoder {
    ByteView octets;
    const Profile& profile;
    Message& message;
    std::size_t at = 0;

    bool has(std::size_t count) const { return octets.size() - at >= count; }
    std::uint8_t character(std::size_t position) const { return wire::to_latin1(profile.encoding, octets[position]); }
    FormatError wrong(Fault fault) const { return {fault, Place::message, 0, static_cast<std::uint32_t>(at), 0}; }
    FormatError wrong(Fault fault, const Field& field) const {
        return {fault, Place::data_element, field.number, static_cast<std::uint32_t>(at), 0};
    }

    Trouble read_mti() {
        const std::size_t size = profile.digits == DigitForm::packed ? 2 : 4;
        if (!has(size)) return wrong(Fault::ends_early);
        if (profile.digits == DigitForm::packed) {
            if (!wire::unpack(octets.first(2), 4, wire::Nibbles::digits, message.mti_)) return wrong(Fault::wrong_mti);
        } else {
            for (std::size_t i = 0; i < 4; ++i) message.mti_[i] = static_cast<char>(character(i));
        }
        if (!is_mti(message.mti(), profile.version)) return wrong(Fault::wrong_mti);
        at = size;
        return std::nullopt;
    }

    Trouble read_bitmap(std::size_t index) {
        std::uint64_t word = 0;
        if (profile.bitmap == BitmapForm::binary) {
            if (!has(8)) return wrong(Fault::ends_early);
            for (std::size_t i = 0; i < 8; ++i) word = word << 8 | octets[at + i];
            at += 8;
        } else {
            if (!has(16)) return wrong(Fault::ends_early);
            for (std::size_t i = 0; i < 16; ++i) {
                const std::uint8_t value = hex_value(character(at + i));
                if (value == 16) return wrong(Fault::wrong_bitmap);
                word = word << 4 | value;
            }
            at += 16;
        }
        message.fields_.set_word(index, word);
        return std::nullopt;
    }

    Trouble read_bitmaps() {
        if (auto trouble = read_bitmap(0)) return trouble;
        if (!message.fields_.has(1))
            return profile.always_two_bitmaps ? Trouble(wrong(Fault::wrong_bitmap)) : Trouble();
        return read_bitmap(1);
    }

    /// LL or LLL in front of a field.
    wire::Decoded<std::size_t> read_length(const Field& field) {
        const auto digits = static_cast<std::size_t>(field.length);
        const bool packed = profile.digits == DigitForm::packed;
        const std::size_t size = packed ? wire::packed_bytes(digits) : digits;
        if (!has(size)) return std::unexpected(wrong(Fault::ends_early, field));
        std::array<char, 3> text{};
        if (packed) {
            if (!wire::unpack(octets.subspan(at, size), digits, wire::Nibbles::digits, text))
                return std::unexpected(wrong(Fault::not_digits, field));
        } else {
            for (std::size_t i = 0; i < digits; ++i) text[i] = static_cast<char>(character(at + i));
        }
        std::size_t length = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            if (text[i] < '0' || text[i] > '9') return std::unexpected(wrong(Fault::not_digits, field));
            length = length * 10 + static_cast<std::size_t>(text[i] - '0');
        }
        at += size;
        return length;
    }

    /// Does the alphabet of the field have every character of the content?
    bool is_in_alphabet(const Field& field, std::size_t size) const {
        std::size_t first = 0;
        if (field.attribute == Attribute::xn) {
            const std::uint8_t sign = character(at);
            if (sign != 'C' && sign != 'D') return false;
            first = 1;
        }
        for (std::size_t i = first; i < size; ++i) {
            const std::uint8_t c = character(at + i);
            if (!wire::in_alphabet(c, field.attribute) || !wire::has_character(profile.encoding, c)) return false;
        }
        return true;
    }

    Trouble read_field(const Field& field) {
        if (field.max == 0) return wrong(Fault::unknown_part, field);
        std::size_t units = field.max;
        if (field.length != LengthForm::fixed) {
            const auto length = read_length(field);
            if (!length) return length.error();
            if (*length == 0) return wrong(Fault::zero_length, field);
            if (*length > field.max) return wrong(Fault::above_max_length, field);
            units = *length;
        }
        const bool packed = profile.is_packed(field);
        const std::size_t size = packed ? wire::packed_bytes(units) : units;
        if (!has(size)) return wrong(Fault::ends_early, field);
        const bool right = packed ? wire::packed_right(octets.subspan(at, size), units, nibbles_of(field.attribute))
                                  : field.attribute == Attribute::b || is_in_alphabet(field, size);
        if (!right) return wrong(Fault::wrong_character, field);
        message.slots_[field.number] = {static_cast<std::uint16_t>(at), static_cast<std::uint16_t>(units)};
        at += size;
        return std::nullopt;
    }

    Trouble read() {
        if (auto trouble = read_mti()) return trouble;
        if (auto trouble = read_bitmaps()) return trouble;
        for (int number = 2; number <= max_field; ++number) {
            if (!message.fields_.has(number)) continue;
            Field field = profile.field(number);
            field.number = static_cast<std::uint8_t>(number);  // the table's row is empty for an unknown field
            if (auto trouble = read_field(field)) return trouble;
        }
        return has(1) ? Trouble(wrong(Fault::octets_left_over)) : Trouble();
    }
};

bool is_mti(std::string_view mti, char version) {
    if (mti.size() != 4) return false;
    for (const char c : mti)
        if (c < '0' || c > '9') return false;
    return mti[0] == version && mti[1] >= '1' && mti[1] <= '8' && mti[3] <= '5';
}

wire::Decoded<Message> decode(ByteView octets, const Profile& profile) {
    if (octets.empty()) return refuse(Fault::empty);
    if (octets.size() > max_message_bytes) return refuse(Fault::too_long);
    Message message;
    message.profile_ = &profile;
    message.octets_ = octets;
    Decoder decoder{octets, profile, message};
    if (const auto trouble = decoder.read()) return std::unexpected(*trouble);
    return message;
}

ByteView Message::octets(int field) const {
    if (!has(field)) return {};
    const Slot slot = slots_[static_cast<std::size_t>(field)];
    const bool packed = profile_->is_packed(profile_->field(field));
    return octets_.subspan(slot.begin, packed ? wire::packed_bytes(slot.units) : slot.units);
}

std::string_view Message::value(int field, std::span<char> space) const {
    const ByteView content = octets(field);
    if (content.empty()) return {};
    const Field& row = profile_->field(field);
    const std::size_t units = size(field);
    if (profile_->is_packed(row)) {
        if (!wire::unpack(content, units, nibbles_of(row.attribute), space)) return {};  // decode has checked it
        return {space.data(), units};
    }
    if (row.attribute == Attribute::b || profile_->encoding != TextEncoding::cp500) return text_of(content);
    if (space.size() < units) return {};
    for (std::size_t i = 0; i < units; ++i)
        space[i] = static_cast<char>(wire::to_latin1(TextEncoding::cp500, content[i]));
    return {space.data(), units};
}

std::string Message::value(int field) const {
    std::array<char, max_value> space;  // NOLINT: written before it is read
    return std::string(value(field, space));
}

}  // namespace takas::protocol::iso8583
