// Digits packed two to an octet (BCD). The nibble D is the separator of track 2 and stands as 'D' in text; no other
// nibble above 9 is taken. An odd count has a nibble to spare: a zero at the left (ISO 8583) or an F at the right
// (EMV "cn" fields, tag 57).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/bytes.hpp"

namespace takas::protocol::wire {

enum class Nibbles : std::uint8_t { digits, digits_and_separator };

constexpr std::size_t packed_bytes(std::size_t digit_count) { return (digit_count + 1) / 2; }

/// Writes the `digit_count` characters that `packed` holds, right-aligned, to `out`, which has room for them; false
/// when a nibble is not allowed, or the spare one is not zero. `packed` has packed_bytes(digit_count) octets.
bool unpack(ByteView packed, std::size_t digit_count, Nibbles allowed, std::span<char> out);

/// The same without writing: is it right?
bool packed_right(ByteView packed, std::size_t digit_count, Nibbles allowed);

/// Packs right-aligned. `text` holds digits, and '=' or 'D' for the separator; false for anything else. `out` has
/// packed_bytes(text.size()) octets.
bool pack(std::string_view text, Nibbles allowed, std::span<std::uint8_t> out);

/// Left-aligned, filled up with F: writes the characters to `out` and says how many; nothing when a nibble is not
/// allowed or something follows an F. `out` has room for two characters an octet.
std::optional<std::size_t> unpack_left(ByteView packed, Nibbles allowed, std::span<char> out);

/// Packs left-aligned, an F behind an odd count.
bool pack_left(std::string_view text, Nibbles allowed, std::span<std::uint8_t> out);

}  // namespace takas::protocol::wire
