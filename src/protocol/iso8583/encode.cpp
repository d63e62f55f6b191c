#include <algorithm>

#include "protocol/iso8583/message.hpp"
#include "protocol/wire/packed.hpp"

namespace takas::protocol::iso8583 {
namespace {

using wire::Fault;
using wire::FormatError;
using wire::Place;
using Trouble = std::optional<FormatError>;

struct Encoder {
    const Profile& profile;
    std::span<std::uint8_t> out;
    std::size_t at = 0;

    bool room_for(std::size_t count) const { return out.size() - at >= count; }
    std::uint8_t on_wire(char c) const { return wire::from_latin1(profile.encoding, static_cast<std::uint8_t>(c)); }
    FormatError wrong(Fault fault, int field) const {
        return {fault, field == 0 ? Place::message : Place::data_element, static_cast<std::uint32_t>(field), 0, 0};
    }

    /// Digits in the form of the profile's lengths and MTI.
    Trouble write_digits(std::string_view digits, int field) {
        const bool packed = profile.digits == DigitForm::packed;
        const std::size_t size = packed ? wire::packed_bytes(digits.size()) : digits.size();
        if (!room_for(size)) return wrong(Fault::no_room, field);
        if (packed) {
            if (!wire::pack(digits, wire::Nibbles::digits, out.subspan(at, size)))
                return wrong(Fault::not_digits, field);
        } else {
            for (std::size_t i = 0; i < size; ++i) out[at + i] = on_wire(digits[i]);
        }
        at += size;
        return std::nullopt;
    }

    Trouble write_bitmap(std::uint64_t word) {
        const bool binary = profile.bitmap == BitmapForm::binary;
        if (!room_for(binary ? 8 : 16)) return wrong(Fault::no_room, 0);
        for (int shift = binary ? 56 : 60; shift >= 0; shift -= binary ? 8 : 4)
            out[at++] =
                binary ? static_cast<std::uint8_t>(word >> shift) : on_wire("0123456789ABCDEF"[(word >> shift) & 0xF]);
        return std::nullopt;
    }

    bool is_in_alphabet(const Field& field, std::string_view value) const {
        if (field.attribute == Attribute::b) return true;
        if (field.attribute == Attribute::xn) {
            if (value[0] != 'C' && value[0] != 'D') return false;
            value.remove_prefix(1);
        }
        return std::ranges::all_of(value, [&](char c) {
            const auto character = static_cast<std::uint8_t>(c);
            return wire::in_alphabet(character, field.attribute) && wire::has_character(profile.encoding, character);
        });
    }

    Trouble write_field(int number, std::string_view value) {
        const Field& field = profile.field(number);
        if (field.max == 0) return wrong(Fault::unknown_part, number);
        if (value.empty()) return wrong(Fault::zero_length, number);
        if (value.size() > field.max) return wrong(Fault::above_max_length, number);
        if (field.length == LengthForm::fixed && value.size() != field.max) return wrong(Fault::wrong_length, number);
        if (!is_in_alphabet(field, value)) return wrong(Fault::wrong_character, number);
        if (field.length != LengthForm::fixed) {
            const std::size_t size = value.size();
            const std::array<char, 3> length{static_cast<char>('0' + size / 100),
                                             static_cast<char>('0' + size / 10 % 10),
                                             static_cast<char>('0' + size % 10)};
            const auto digits = static_cast<std::size_t>(field.length);
            if (auto trouble = write_digits({length.data() + 3 - digits, digits}, number)) return trouble;
        }
        return write_content(field, value);
    }

    Trouble write_content(const Field& field, std::string_view value) {
        const bool packed = profile.is_packed(field);
        const std::size_t size = packed ? wire::packed_bytes(value.size()) : value.size();
        if (!room_for(size)) return wrong(Fault::no_room, field.number);
        const auto place = out.subspan(at, size);
        if (packed) {
            if (!wire::pack(value, wire::Nibbles::digits_and_separator, place))
                return wrong(Fault::wrong_character, field.number);
        } else if (field.attribute == Attribute::b) {
            std::ranges::copy(bytes_of(value), place.begin());
        } else {
            std::ranges::transform(value, place.begin(), [&](char c) { return on_wire(c); });
        }
        at += size;
        return std::nullopt;
    }

    Trouble write(const Content& content) {
        if (!is_mti(content.mti(), profile.version)) return wrong(Fault::wrong_mti, 0);
        if (auto trouble = write_digits(content.mti(), 0)) return trouble;
        FieldSet fields = content.fields();
        const bool two_bitmaps = profile.always_two_bitmaps || fields.any_above_64();
        if (two_bitmaps) fields.add(1);
        if (auto trouble = write_bitmap(fields.word_at(0))) return trouble;
        if (two_bitmaps)
            if (auto trouble = write_bitmap(fields.word_at(1))) return trouble;
        for (int number = 2; number <= max_field; ++number)
            if (fields.has(number))
                if (auto trouble = write_field(number, content.value(number))) return trouble;
        return at > max_message_bytes ? Trouble(wrong(Fault::too_long, 0)) : Trouble();
    }
};

}  // namespace

Content& Content::set(int field, std::string_view value) {
    if (field < 2 || field > max_field) return *this;
    fields_.add(field);
    values_[static_cast<std::size_t>(field)] = value;
    return *this;
}

wire::Decoded<std::size_t> encode(const Content& content, const Profile& profile, std::span<std::uint8_t> out) {
    Encoder encoder{profile, out};
    if (const auto trouble = encoder.write(content)) return std::unexpected(*trouble);
    return encoder.at;
}

wire::Decoded<Bytes> encode(const Content& content, const Profile& profile) {
    Bytes octets(max_message_bytes);
    const auto size = encode(content, profile, octets);
    if (!size) return std::unexpected(size.error());
    octets.resize(*size);
    return octets;
}

}  // namespace takas::protocol::iso8583
