// What is written on and into a card: verification values and tracks, computed when they are needed and wiped
// afterwards. For the personalisation file, and for the test cards of Transaction Testing.
//
//   track 2   PAN = YYMM service(3) PVKI(1) PVV(4) CVV(3)            without a PIN: PVKI and PVV are zeros
//   track 1   B PAN ^ name ^ YYMM service(3) PVKI(1) PVV(4) CVV(3)
//   the chip's track 2 (tag 57) holds the iCVV in the CVV's place
#pragma once

#include "app/card_security/card_view.hpp"
#include "app/context/context.hpp"
#include "core/card/pan.hpp"
#include "crypto/secret.hpp"

namespace takas::app::card_security {

struct ClearCard {
    core::card::Pan pan;
    crypto::SecretBytes cvv, icvv, cvv2;              ///< three digits each
    crypto::SecretBytes track1, track2, track2_chip;  ///< text; track 1 is empty when the card has no name
};

/// Errors: hsm_key_not_found and others of the HSM.
Result<ClearCard> clear_card(const Context& context, const core::card::Card& card, const CardView& view);

/// The PIN of a test card; empty when none is set. Refused for institutions without a sandbox.
Result<crypto::SecretBytes> clear_pin(const Context& context, const CardView& view);

}  // namespace takas::app::card_security
