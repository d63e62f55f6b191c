// How a card is named towards the algorithms: the digits of its number, two digits of PAN sequence number.
#pragma once

#include <array>
#include <string_view>

#include "core/card/pan.hpp"
#include "crypto/payment/emv_key.hpp"

namespace takas::hsm {

inline std::string_view digits_of(const core::card::Pan& pan) { return pan.reveal(core::card::RevealFor::hsm); }

struct TwoDigits {
    std::array<char, 2> chars{'0', '0'};
    std::string_view view() const { return {chars.data(), chars.size()}; }
};

/// 0 to 99; anything else is taken modulo 100, as two digits have no room for it.
constexpr TwoDigits sequence_digits(int number) {
    const int two = number < 0 ? 0 : number % 100;
    return {{static_cast<char>('0' + two / 10), static_cast<char>('0' + two % 10)}};
}

}  // namespace takas::hsm
