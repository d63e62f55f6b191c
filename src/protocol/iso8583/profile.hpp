// A dialect of ISO 8583 as data: which fields there are, how long they may be, and how characters, digits, lengths and
// bitmaps are written. The codec has no branch for a network; a network is a profile.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "protocol/wire/characters.hpp"

namespace takas::protocol::iso8583 {

using wire::Attribute;
using wire::TextEncoding;

inline constexpr int max_field = 128;

/// The number is how many digits say the length; 0 is a fixed length.
enum class LengthForm : std::uint8_t { fixed = 0, llvar = 2, lllvar = 3 };

/// How the digits of n and z fields, of lengths and of the MTI are written.
enum class DigitForm : std::uint8_t {
    characters,
    packed,  ///< two to an octet, a zero to the left of an odd count; LL is one octet, LLL two
};

enum class BitmapForm : std::uint8_t { binary, hexadecimal };

/// One field. `max` counts digits (n, z), characters, or octets (b); for a fixed length it is the length.
struct Field {
    std::uint8_t number = 0;
    Attribute attribute = Attribute::ans;
    LengthForm length = LengthForm::fixed;
    std::uint16_t max = 0;  ///< 0: the profile does not have the field
    /// Packed although the profile writes digits as characters.
    bool always_packed = false;
};

using FieldTable = std::array<Field, max_field + 1>;  ///< by number

struct Profile {
    std::string_view name;
    char version = '0';  ///< first digit of the MTI: '0' 1987, '1' 1993, '2' 2003
    TextEncoding encoding = TextEncoding::ascii;
    DigitForm digits = DigitForm::characters;
    BitmapForm bitmap = BitmapForm::binary;
    bool always_two_bitmaps = false;  ///< bit 1 set whether or not a field above 64 follows
    const FieldTable* fields = nullptr;

    const Field& field(int number) const { return (*fields)[static_cast<std::size_t>(number)]; }
    bool has(int number) const { return field(number).max != 0; }
    bool is_packed(const Field& field) const {
        return (digits == DigitForm::packed || field.always_packed) &&
               (field.attribute == Attribute::n || field.attribute == Attribute::z);
    }
};

/// Puts rows in their places.
constexpr FieldTable table_of(std::span<const Field> rows) {
    FieldTable table{};
    for (const Field& row : rows) table[row.number] = row;
    return table;
}

/// The profiles that come with the program.
std::span<const Profile> profiles();
/// nullptr when there is none of that name.
const Profile* find_profile(std::string_view name);

}  // namespace takas::protocol::iso8583
