#include "base/digits.hpp"

#include <array>

namespace takas {
namespace {

struct Digits {
    std::uint32_t first, last;  ///< rising from `value` on
    std::uint32_t value = 0;
};

constexpr std::uint32_t styled_first = 0x1D7CE, styled_last = 0x1D7FF;  // bold, double-struck...: 0 to 9 five times
constexpr std::array others{Digits{0xB9, 0xB9, 1},     Digits{0xB2, 0xB3, 2},  Digits{0x2070, 0x2070},
                            Digits{0x2074, 0x2079, 4}, Digits{0x2080, 0x2089}, Digits{0x24EA, 0x24EA},
                            Digits{0x2460, 0x2468, 1}};  // raised, lowered, circled
/// Where each script's zero stands (Unicode, Nd).
constexpr std::array<std::uint32_t, 36> zeros{0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6,
                                              0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090,
                                              0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40,
                                              0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10};

char digit(std::uint32_t value) { return static_cast<char>('0' + value); }

}  // namespace

std::optional<char> digit_of(std::uint32_t code_point) {
    if (code_point < 0x80)
        return code_point >= '0' && code_point <= '9' ? std::optional(static_cast<char>(code_point)) : std::nullopt;
    if (code_point >= styled_first && code_point <= styled_last) return digit((code_point - styled_first) % 10);
    for (const Digits& row : others)
        if (code_point >= row.first && code_point <= row.last) return digit(row.value + code_point - row.first);
    for (const std::uint32_t zero : zeros)
        if (code_point >= zero && code_point < zero + 10) return digit(code_point - zero);
    return std::nullopt;
}

}  // namespace takas
