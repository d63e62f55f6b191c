// The 3-D Secure cryptogram of Visa's CAVV method: 20 octets, written as base64 or hexadecimal.
//
//   result (1) | second factor (1) | key indicator (1) | CAVV output (2, four digits) | unpredictable number (2, four
//   digits) | tracking number (8) | reserved (5)
//
// The digits are packed; of the output the last three count.
#pragma once

#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "core/authorization/codes.hpp"

namespace takas::app::card_security {

struct Cavv {
    std::string result_code;           ///< 1 digit: 0 authenticated, 7 or 8 attempted
    std::string second_factor_code;    ///< 2 digits
    std::string output;                ///< 3 digits
    std::string unpredictable_number;  ///< 4 digits
};

/// Nothing when it is none.
std::optional<Cavv> read_cavv(ByteView text);

core::authorization::CavvResultCode result_of(const Cavv& cavv, bool is_valid);

}  // namespace takas::app::card_security
