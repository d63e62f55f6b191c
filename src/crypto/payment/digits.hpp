// Decimal digits and half octets: what card data is made of. For this room's .cpp files.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace takas::crypto::payment {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr bool are_digits(std::string_view text) {
    for (const char c : text)
        if (!is_digit(c)) return false;
    return true;
}

/// ISO/IEC 7812 allows 8 to 19 digits; no card of a payment scheme has fewer than 12.
constexpr bool is_pan(std::string_view text) { return text.size() >= 12 && text.size() <= 19 && are_digits(text); }

/// 0 to 15, or -1 for what is no hex digit (either case).
constexpr int nibble_of(char c) {
    if (is_digit(c)) return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

constexpr std::uint8_t high_nibble(std::uint8_t octet) { return octet >> 4; }
constexpr std::uint8_t low_nibble(std::uint8_t octet) { return octet & 0x0F; }
constexpr std::uint8_t nibble_at(ByteView bytes, std::size_t index) {
    return index % 2 == 0 ? high_nibble(bytes[index / 2]) : low_nibble(bytes[index / 2]);
}

/// Writes one nibble over what is there.
constexpr void set_nibble(std::span<std::uint8_t> bytes, std::size_t index, std::uint8_t nibble) {
    std::uint8_t& octet = bytes[index / 2];
    octet = static_cast<std::uint8_t>(index % 2 == 0 ? (octet & 0x0F) | (nibble << 4) : (octet & 0xF0) | nibble);
}

/// Digits as nibbles from nibble `first` on; what lies beyond `bytes` stops nothing and writes nothing.
constexpr void set_digits(std::span<std::uint8_t> bytes, std::size_t first, std::string_view digits) {
    digits = digits.substr(0, first < bytes.size() * 2 ? bytes.size() * 2 - first : 0);
    if (first % 2 == 1 && !digits.empty()) {
        set_nibble(bytes, first++, low_nibble(static_cast<std::uint8_t>(digits.front())));
        digits.remove_prefix(1);
    }
    // The low nibble of '0' to '9' is the digit.
    std::uint8_t* const out = bytes.data() + first / 2;
    const char* const in = digits.data();
    std::size_t i = 0;
    for (; i + 1 < digits.size(); i += 2)
        out[i / 2] = static_cast<std::uint8_t>((in[i] & 0x0F) << 4 | (in[i + 1] & 0x0F));
    if (i < digits.size()) set_nibble(bytes, first + i, low_nibble(static_cast<std::uint8_t>(digits[i])));
}

/// Decimalisation of Visa and EMV: first the nibbles 0 to 9 in their order, then, when these are too few, the nibbles A
/// to F as 0 to 5. Calls `take(digit)` for at most `count` digits.
template <class Take>
constexpr void decimalise(ByteView bytes, std::size_t count, Take take) {
    for (std::size_t i = 0; i < bytes.size() * 2 && count > 0; ++i)
        if (const std::uint8_t nibble = nibble_at(bytes, i); nibble < 10) take(nibble), --count;
    for (std::size_t i = 0; i < bytes.size() * 2 && count > 0; ++i)
        if (const std::uint8_t nibble = nibble_at(bytes, i); nibble >= 10)
            take(static_cast<std::uint8_t>(nibble - 10)), --count;
}

/// Upper case, as key check values and key blocks are written.
std::string upper_hex(ByteView bytes);

}  // namespace takas::crypto::payment
