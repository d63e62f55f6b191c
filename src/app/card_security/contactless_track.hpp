// Track 2 as a reader without contact and without EMV sends it (magnetic stripe mode): the chip puts a code of its own
// in the CVV's place, and behind it the end of its transaction counter. Our cards' discretionary data (13 digits):
//
//   dCVV   PVKI(1) PVV(4) dCVV(3) ATC(4) indicator(1)                Visa contactless MSD
//   CVC3   PVKI(1) PVV(4) CVC3(3) ATC(3) UN(1) digits of UN(1)       PayPass Mag Stripe: PCVC3 0x00E0, PUNATC 0x001E
//                                                                    less its last bit, NATC 3
//
// Pure: what the digits prove is the HSM's matter.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/payment/emv_profile.hpp"
#include "crypto/secret.hpp"
#include "protocol/track/track.hpp"

namespace takas::app::card_security {

/// Views into a track's discretionary data.
struct ContactlessDigits {
    std::string_view code;
    std::string_view atc;            ///< its last digits, decimal
    std::string_view unpredictable;  ///< of the terminal's number; CVC3 only
};

/// Nothing when the data is not of this form, or the form has no such code.
std::optional<ContactlessDigits> read_contactless(crypto::payment::ContactlessCode form,
                                                  std::string_view discretionary);

/// The counter above `last_atc` that ends in these digits; nothing when two octets do not hold it.
std::optional<std::int32_t> atc_ending_in(std::string_view digits, std::int32_t last_atc);

/// Of a counter, most significant first.
std::string last_digits(std::int32_t atc, std::size_t count);

/// The discretionary data as the card was personalised with it: zeros where the chip and the terminal write.
std::string static_discretionary(std::string_view discretionary);

/// Track 2 as it stands on the card, packed: what a CVC3 covers. Nothing when it does not fit on a stripe.
std::optional<crypto::SecretBytes> contactless_template(const protocol::track::Parts& track);

/// As CVC3 takes them: the counter in two octets, the number's digits packed to the right of four.
std::array<std::uint8_t, 2> octets_of_atc(std::int32_t atc);
std::array<std::uint8_t, 4> octets_of_unpredictable(std::string_view digits);

}  // namespace takas::app::card_security
