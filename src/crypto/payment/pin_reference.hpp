// What an issuer keeps to recognise a PIN without keeping the PIN: the Visa PVV and the IBM 3624 offset.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/bytes.hpp"
#include "crypto/payment/fault.hpp"
#include "crypto/payment/secrets.hpp"

namespace takas::crypto::payment {

inline constexpr std::size_t min_pin_digits = 4;
inline constexpr std::size_t max_pin_digits = 12;

/// 4 to 12 decimal digits.
bool is_pin(std::string_view digits);

/// Visa PIN verification value, 4 digits: over the 11 rightmost PAN digits before the check digit, the PVKI and the 4
/// leftmost PIN digits (of a longer PIN the rest is not verified). `pvk` of 16 octets (or 8 or 24), `pvki` 0 to 9.
Outcome<SecretDigits> pvv(ByteView pvk, std::uint8_t pvki, std::string_view pan, std::string_view pin);

/// How the IBM 3624 method reads the PAN.
struct Ibm3624Rules {
    std::string_view decimalization_table = "0123456789012345";  ///< 16 digits, one for each hex digit
    std::uint8_t validation_offset = 0;                          ///< first PAN digit of the validation data
    std::uint8_t validation_length = 12;                         ///< 1 to 16 digits of it
    char validation_pad = 'F';                                   ///< hex digit that fills up to 16
};

/// The PIN that the card would have without an offset, `length` digits (4 to 12). `pvk` of 8, 16 or 24 octets.
Outcome<SecretDigits> ibm3624_natural_pin(ByteView pvk, const Ibm3624Rules& rules, std::string_view pan,
                                          std::size_t length);
/// PIN minus natural PIN, digit by digit modulo 10; as long as the PIN.
Outcome<SecretDigits> ibm3624_offset(ByteView pvk, const Ibm3624Rules& rules, std::string_view pan,
                                     std::string_view pin);
/// Natural PIN plus offset; as long as the offset.
Outcome<SecretDigits> ibm3624_pin(ByteView pvk, const Ibm3624Rules& rules, std::string_view pan,
                                  std::string_view offset);

}  // namespace takas::crypto::payment
