// For this room's tests only: octets and keys from test texts.
#pragma once

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <string>

#include "base/encoding.hpp"
#include "crypto/payment/cipher.hpp"
#include "crypto/payment/digits.hpp"
#include "crypto/random.hpp"

namespace takas::crypto::payment {

inline Bytes from_hex(std::string_view hex) { return hex_decode(hex).value(); }

inline Bytes random_octets(std::size_t size) {
    Bytes octets(size);
    random_fill(octets);
    return octets;
}

inline DoubleKey double_key(std::string_view hex) {
    DoubleKey key;
    std::ranges::copy(from_hex(hex), key.writable().begin());
    return key;
}

inline std::string random_digits(std::size_t count) {
    std::string digits;
    for (std::size_t i = 0; i < count; ++i) digits += static_cast<char>('0' + *rc::gen::inRange(0, 10));
    return digits;
}
inline std::string random_pan() { return "4" + random_digits(*rc::gen::inRange<std::size_t>(11, 19)); }
inline std::string random_pin() { return random_digits(*rc::gen::inRange<std::size_t>(4, 13)); }

}  // namespace takas::crypto::payment
