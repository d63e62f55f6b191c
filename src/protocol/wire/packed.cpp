#include "protocol/wire/packed.hpp"

namespace takas::protocol::wire {
namespace {

constexpr std::uint8_t separator_nibble = 0xD, filler_nibble = 0xF;

/// The nibble at a position, 0 being the high half of the first octet.
std::uint8_t nibble_at(ByteView packed, std::size_t position) {
    const std::uint8_t octet = packed[position / 2];
    return position % 2 == 0 ? octet >> 4 : octet & 0xF;
}

bool is_allowed(std::uint8_t nibble, Nibbles allowed) {
    return nibble <= 9 || (nibble == separator_nibble && allowed == Nibbles::digits_and_separator);
}

char character_of(std::uint8_t nibble) { return nibble == separator_nibble ? 'D' : static_cast<char>('0' + nibble); }

std::optional<std::uint8_t> nibble_of(char c, Nibbles allowed) {
    if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
    if ((c == '=' || c == 'D') && allowed == Nibbles::digits_and_separator) return separator_nibble;
    return std::nullopt;
}

/// Puts the text's nibbles at the positions from `first` on; the octets start out as zero.
bool put(std::string_view text, std::size_t first, Nibbles allowed, std::span<std::uint8_t> out) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto nibble = nibble_of(text[i], allowed);
        if (!nibble) return false;
        const std::size_t position = first + i;
        out[position / 2] |= static_cast<std::uint8_t>(position % 2 == 0 ? *nibble << 4 : *nibble);
    }
    return true;
}

}  // namespace

bool packed_right(ByteView packed, std::size_t digit_count, Nibbles allowed) {
    if (packed.size() != packed_bytes(digit_count)) return false;
    const std::size_t spare = packed.size() * 2 - digit_count;
    if (spare == 1 && nibble_at(packed, 0) != 0) return false;
    for (std::size_t i = 0; i < digit_count; ++i)
        if (!is_allowed(nibble_at(packed, spare + i), allowed)) return false;
    return true;
}

bool unpack(ByteView packed, std::size_t digit_count, Nibbles allowed, std::span<char> out) {
    if (out.size() < digit_count || !packed_right(packed, digit_count, allowed)) return false;
    const std::size_t spare = packed.size() * 2 - digit_count;
    for (std::size_t i = 0; i < digit_count; ++i) out[i] = character_of(nibble_at(packed, spare + i));
    return true;
}

bool pack(std::string_view text, Nibbles allowed, std::span<std::uint8_t> out) {
    if (out.size() != packed_bytes(text.size())) return false;
    for (std::uint8_t& octet : out) octet = 0;
    return put(text, out.size() * 2 - text.size(), allowed, out);
}

std::optional<std::size_t> unpack_left(ByteView packed, Nibbles allowed, std::span<char> out) {
    std::size_t count = packed.size() * 2;
    while (count != 0 && nibble_at(packed, count - 1) == filler_nibble) --count;
    if (out.size() < count) return std::nullopt;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint8_t nibble = nibble_at(packed, i);
        if (!is_allowed(nibble, allowed)) return std::nullopt;
        out[i] = character_of(nibble);
    }
    return count;
}

bool pack_left(std::string_view text, Nibbles allowed, std::span<std::uint8_t> out) {
    if (out.size() != packed_bytes(text.size())) return false;
    for (std::uint8_t& octet : out) octet = 0;
    if (!put(text, 0, allowed, out)) return false;
    if (text.size() % 2 != 0) out.back() |= filler_nibble;
    return true;
}

}  // namespace takas::protocol::wire
