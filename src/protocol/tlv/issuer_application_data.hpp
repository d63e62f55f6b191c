// Tag 9F10, issuer application data (IAD): which key and which cryptogram version a card used, and what it has checked.
// The layout belongs to the card's application, not to the octets: whoever reads it knows the card's profile.
//
//   visa        L DKI CVN CVR(L-2 at most, its own length in front) [M discretionary(M)]   formats 0, 1, 3
//               1F CVN(2x) DKI CVR(5) discretionary(24)                                    format 2, 32 octets
//   interac     as visa
//   mastercard  DKI CVN CVR(6) DAC(2) [counters(8) [more(..)]]                             10, or 18 to 28 octets
//   ccd         0F CCI(Ax) DKI CVR(5) counters(8) 0F discretionary(15)                     EMV CCD format A, 32 octets
#pragma once

#include <cstdint>

#include "base/bytes.hpp"
#include "protocol/wire/format_error.hpp"

namespace takas::protocol::tlv {

enum class IadLayout : std::uint8_t { visa, interac, mastercard, ccd };

/// Views into the octets; empty where the layout has no such part.
struct IssuerApplicationData {
    std::uint8_t derivation_key_index = 0;  ///< DKI
    std::uint8_t cryptogram_version = 0;    ///< CVN; the common core identifier (CCI) of a CCD card
    ByteView card_verification_results{};   ///< CVR; with its length octet in visa formats 0, 1, 3 and interac
    ByteView data_authentication_code{};    ///< DAC or ICC dynamic number
    ByteView counters{};
    ByteView discretionary{};
};

/// 7 to 32 octets; Fault::wrong_length, wrong_tag (not this layout) or octets_left_over on Place::tag 9F10.
wire::Decoded<IssuerApplicationData> read_issuer_application_data(IadLayout layout, ByteView octets);

}  // namespace takas::protocol::tlv
