// The attributes of ISO 8583 fields (1987 clause 4.3: n, an, ans, z, x+n, b) as sets of ISO 8859-1 characters, and text
// in the three encodings of the field. What is printable beyond ASCII belongs to "ans" where the encoding has it.
#pragma once

#include <array>
#include <cstdint>

#include "protocol/wire/cp500.hpp"

namespace takas::protocol::wire {

enum class Attribute : std::uint8_t {
    n = 1,    ///< digits
    an = 2,   ///< letters, digits, space
    ans = 4,  ///< printable
    z = 8,    ///< track 2: digits and its separator
    xn = 16,  ///< C or D, then digits
    b = 32,   ///< octets
};

enum class TextEncoding : std::uint8_t { ascii, latin1, cp500 };

/// One octet per character: the attributes whose alphabet has it. C and D of x+n stand in front and are checked apart.
inline constexpr std::array<std::uint8_t, 256> alphabets = [] {
    std::array<std::uint8_t, 256> sets{};
    const auto add = [&](std::size_t first, std::size_t last, Attribute attribute) {
        for (std::size_t c = first; c <= last; ++c) sets[c] |= static_cast<std::uint8_t>(attribute);
    };
    for (const Attribute attribute : {Attribute::n, Attribute::an, Attribute::z, Attribute::xn})
        add('0', '9', attribute);
    add('A', 'Z', Attribute::an);
    add('a', 'z', Attribute::an);
    add(' ', ' ', Attribute::an);
    add('=', '=', Attribute::z);
    add('D', 'D', Attribute::z);
    add(0x20, 0x7E, Attribute::ans);
    add(0xA0, 0xFF, Attribute::ans);
    add(0x00, 0xFF, Attribute::b);
    return sets;
}();

constexpr bool in_alphabet(std::uint8_t latin1, Attribute attribute) {
    return (alphabets[latin1] & static_cast<std::uint8_t>(attribute)) != 0;
}

/// Does the encoding have the character at all?
constexpr bool has_character(TextEncoding encoding, std::uint8_t latin1) {
    return encoding != TextEncoding::ascii || latin1 < 0x80;
}

constexpr std::uint8_t to_latin1(TextEncoding encoding, std::uint8_t octet) {
    return encoding == TextEncoding::cp500 ? cp500_to_latin1[octet] : octet;
}

constexpr std::uint8_t from_latin1(TextEncoding encoding, std::uint8_t character) {
    return encoding == TextEncoding::cp500 ? latin1_to_cp500[character] : character;
}

}  // namespace takas::protocol::wire
