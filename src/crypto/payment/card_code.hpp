// Card verification values: the digits on the stripe, on the back and in the chip that only the issuer can compute.
// All by the CVV algorithm (Visa Payment Technology Standards; CVC by Mastercard is the same) except CVC3.
// The PAN is its digits here (12 to 19); core::card::Pan lives above this room.
#pragma once

#include <string_view>

#include "base/bytes.hpp"
#include "crypto/payment/fault.hpp"
#include "crypto/payment/secrets.hpp"

namespace takas::crypto::payment {

/// Service codes that stand for a place instead of a service.
inline constexpr std::string_view service_code_of_cvv2 = "000";
inline constexpr std::string_view service_code_of_icvv = "999";

/// CVV / CVC1, CVV2 / CVC2 and iCVV: 3 digits. `cvk` of 16 octets (CVK A || CVK B); `expiry` of 4 digits in the order
/// that the scheme takes (stripe: YYMM; CVV2 of some schemes: MMYY), `service_code` of 3 digits.
Outcome<SecretDigits> cvv(ByteView cvk, std::string_view pan, std::string_view expiry, std::string_view service_code);

/// Visa dCVV of contactless MSD: the CVV under the card's UDK (ICC master key option A, PAN sequence number 00 unless
/// given), with the 4-digit ATC in place of the PAN's first four digits. `imk` of 16 octets.
Outcome<SecretDigits> dcvv(ByteView imk, std::string_view pan, std::string_view pan_sequence_number,
                           std::string_view expiry, std::string_view service_code, std::string_view atc_digits);

/// Mastercard CVC3 as 5 digits; a terminal sends the last 3 to 5 of them. `imk` of 16 octets, `track_template` is the
/// static track data as on the card (PUNATC and NATC fields as personalised), `atc` of 2 octets (zeros when the card
/// counts none into it), `unpredictable_number` of 4 octets, BCD and right-justified.
Outcome<SecretDigits> cvc3(ByteView imk, std::string_view pan, std::string_view pan_sequence_number,
                           ByteView track_template, ByteView atc, ByteView unpredictable_number);

/// CAVV by the CVV method with ATN: 3 digits. Expiry is the last 4 digits of the authentication tracking number,
/// service code is authentication result code (1 digit) || second factor code (2 digits). `cavv_key` of 16 octets.
Outcome<SecretDigits> cavv(ByteView cavv_key, std::string_view pan, std::string_view atn_last4,
                           std::string_view auth_result_code, std::string_view second_factor_code);

}  // namespace takas::crypto::payment
