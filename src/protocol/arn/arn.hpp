// The acquirer reference number (ARN): 23 digits under which a presentment is known from the acquirer to the
// cardholder's statement (DE 31 of clearing messages).
//
//   format(1) BIN(6) YDDD(4: last digit of the year, day of the year) film locator(11) check digit(1, Luhn)
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "protocol/wire/format_error.hpp"

namespace takas::protocol::arn {

inline constexpr std::size_t arn_digits = 23;

/// Views into the text it was read from.
struct Arn {
    std::string_view format_code;
    std::string_view bin;
    std::string_view julian_yddd;
    std::string_view film_locator;
    char check_digit = '0';

    int year_digit() const { return julian_yddd[0] - '0'; }
    int day_of_year() const;
};

/// Refused: another length, other characters than digits, a day that no year has, a wrong check digit.
wire::Decoded<Arn> parse(std::string_view text);

using ArnText = std::array<char, arn_digits>;
/// Puts the parts together and computes the check digit. Refused: what parse would refuse.
wire::Decoded<ArnText> build(std::string_view format_code, std::string_view bin, std::string_view julian_yddd,
                             std::string_view film_locator);

}  // namespace takas::protocol::arn
