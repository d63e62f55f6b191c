// The secrets that came with a card message, as octets nobody has looked into yet: wiped with the message, never
// logged, stored or made part of the request. What they prove becomes verdicts (verifier.hpp).
#pragma once

#include <string>

#include "core/key/pin_terms.hpp"
#include "crypto/secret.hpp"

namespace takas::app::card_security {

/// A PIN as it travels: a block under the institution's exchanged PIN key.
struct PresentedPin {
    crypto::SecretBytes block;  ///< 8 or 16 octets, enciphered
    core::key::PinFormat format{};
    std::string key_check_value;  ///< which of the exchanged keys; "" is the newest
    bool has_surrogate = false;   ///< made with the card's surrogate number instead of the card number (surrogate.hpp)
};

/// What is empty was not presented.
struct Presented {
    PresentedPin pin;
    crypto::SecretBytes clear_pin;  ///< Transaction Testing only: digits that its terminal still has to encipher
    crypto::SecretBytes cvv;        ///< CVV, or iCVV when the chip was read: three digits
    crypto::SecretBytes cvv2;       ///< digits
    crypto::SecretBytes track2;     ///< text: PAN, separator, expiry, service code, discretionary data
    crypto::SecretBytes chip_data;  ///< field 55: BER-TLV
    crypto::SecretBytes cavv;       ///< text: base64 or hexadecimal

    bool is_empty() const {
        return pin.block.empty() && clear_pin.empty() && cvv.empty() && cvv2.empty() && track2.empty() &&
               chip_data.empty() && cavv.empty();
    }
};

}  // namespace takas::app::card_security
