// Octets as text and back; the promises are in the header.
#include "base/encoding.hpp"

#include <array>
#include <cstddef>

namespace takas {
namespace {

constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view base64url_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t no_digit = 0xff;

using DigitValues = std::array<std::uint8_t, 256>;

constexpr DigitValues values_of(std::string_view digits) {
    DigitValues values{};
    values.fill(no_digit);
    for (std::size_t i = 0; i < digits.size(); ++i)
        values[static_cast<unsigned char>(digits[i])] = static_cast<std::uint8_t>(i);
    return values;
}

constexpr DigitValues hex_values() {
    DigitValues values = values_of("0123456789abcdef");
    for (char c = 'A'; c <= 'F'; ++c) values[static_cast<unsigned char>(c)] = static_cast<std::uint8_t>(c - 'A' + 10);
    return values;
}

std::uint8_t value_of(const DigitValues& values, char c) { return values[static_cast<unsigned char>(c)]; }

std::string encode_base64(ByteView bytes, std::string_view digits) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    std::uint32_t bits = 0;
    unsigned bit_count = 0;
    for (const std::uint8_t byte : bytes) {
        bits = (bits << 8) | byte;
        bit_count += 8;
        while (bit_count >= 6) {
            bit_count -= 6;
            out.push_back(digits[(bits >> bit_count) & 0x3f]);
        }
    }
    if (bit_count > 0) out.push_back(digits[(bits << (6 - bit_count)) & 0x3f]);
    return out;
}

/// Digits without their padding.
std::optional<Bytes> decode_base64(std::string_view text, const DigitValues& values) {
    if (text.size() % 4 == 1) return std::nullopt;
    Bytes out;
    out.reserve(text.size() / 4 * 3 + 2);
    std::uint32_t bits = 0;
    unsigned bit_count = 0;
    for (const char c : text) {
        const std::uint8_t value = value_of(values, c);
        if (value == no_digit) return std::nullopt;
        bits = (bits << 6) | value;
        bit_count += 6;
        if (bit_count >= 8) {
            bit_count -= 8;
            out.push_back(static_cast<std::uint8_t>((bits >> bit_count) & 0xff));
        }
    }
    if ((bits & ((1U << bit_count) - 1)) != 0) return std::nullopt;
    return out;
}

}  // namespace

std::string hex_encode(ByteView bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        out.push_back(digits[byte >> 4]);
        out.push_back(digits[byte & 0x0f]);
    }
    return out;
}

std::optional<Bytes> hex_decode(std::string_view text) {
    static constexpr DigitValues values = hex_values();
    if (text.size() % 2 != 0) return std::nullopt;
    Bytes out(text.size() / 2);
    unsigned seen = 0;
    const char* digit = text.data();
    for (std::uint8_t& octet : out) {
        const unsigned high = value_of(values, *digit++), low = value_of(values, *digit++);
        seen |= high | low;
        octet = static_cast<std::uint8_t>(high << 4 | low);
    }
    if (seen > 0xF) return std::nullopt;  // one of them was no_digit
    return out;
}

std::string base64_encode(ByteView bytes) {
    std::string out = encode_base64(bytes, base64_digits);
    while (out.size() % 4 != 0) out.push_back('=');
    return out;
}

std::optional<Bytes> base64_decode(std::string_view text) {
    static constexpr DigitValues values = values_of(base64_digits);
    if (text.size() % 4 != 0) return std::nullopt;
    std::string_view digits = text;
    if (digits.ends_with("==")) {
        digits.remove_suffix(2);
    } else if (digits.ends_with('=')) {
        digits.remove_suffix(1);
    }
    return decode_base64(digits, values);
}

std::string base64url_encode(ByteView bytes) { return encode_base64(bytes, base64url_digits); }

std::optional<Bytes> base64url_decode(std::string_view text) {
    static constexpr DigitValues values = values_of(base64url_digits);
    return decode_base64(text, values);
}

}  // namespace takas
