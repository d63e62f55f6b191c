// UTF-8 (RFC 3629): one code point at a time, refusing overlong forms, surrogates and numbers above U+10FFFF.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace takas {

/// Removes the first code point of `text` (not empty) and returns it; nothing, and one byte removed, when it is bad.
inline std::optional<std::uint32_t> take_code_point(std::string_view& text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t first = byte(0);
    const std::size_t size = first < 0x80         ? 1
                             : first >> 5 == 0x6  ? 2
                             : first >> 4 == 0xE  ? 3
                             : first >> 3 == 0x1E ? 4
                                                  : 0;
    bool good = size != 0 && size <= text.size();
    std::uint32_t code = size <= 1 ? first : first & (0xFFU >> (size + 1));
    for (std::size_t i = 1; good && i < size; ++i) {
        good = byte(i) >> 6 == 0x2;
        code = code << 6 | (byte(i) & 0x3F);
    }
    constexpr std::uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    good = good && code >= smallest[size] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
    text.remove_prefix(good ? size : 1);
    return good ? std::optional(code) : std::nullopt;
}

}  // namespace takas
