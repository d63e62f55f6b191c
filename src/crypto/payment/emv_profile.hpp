// How a chip application computes: one row per cryptogram version. What schemes do differently is data here, so that a
// domestic scheme is a new row and not a new branch. Rows are found by their name, which is what a card product stores.
//
// clang-format off
//   name              cryptogram: master key, session key, data after the ten elements, padding     answer       scripts
//   VISA_CVN10        A  none             CVR of 4 octets               zeros                       1, ICC key   Visa
//   VISA_CVN18        B  common, ATC      whole IAD                     80                          2            Visa
//   VISA_CVN22        B  common, ATC      whole IAD                     80                          2            Visa, common key
//   MASTERCARD_CVN16  A  SKD, ATC and UN  CVR of 6 octets               80                          1, ICC key   common key
//   MASTERCARD_CVN17  A  SKD, ATC and UN  CVR of 6, counters of 8       80                          1, ICC key   common key
//   MASTERCARD_CVN20  A  common, ATC      CVR of 6 octets               80                          1            common key
//   MASTERCARD_CVN21  A  common, ATC      CVR of 6, counters of 8       80                          1            common key
//   INTERAC_CVN133    A  SKD, ATC and UN  whole IAD                     80                          1            common key, header
//   CCD               B  common, ATC      whole IAD                     80                          2            common key
// clang-format on
//
// Master key options A and B differ for PANs of 17 digits and more; an issuer that uses the other one takes a row of
// its own. "Common key" is the common session key made from the ARQC; "header" means that Interac's script MAC covers
// neither ATC nor ARQC.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "crypto/payment/emv_key.hpp"
#include "crypto/payment/mac.hpp"

namespace takas::crypto::payment {

enum class AcSessionKey : std::uint8_t { none, common_atc, mastercard_skd };
enum class ScriptSessionKey : std::uint8_t { visa_atc, common_arqc };
/// What of the issuer application data (tag 9F10) goes into the cryptogram.
enum class AcTail : std::uint8_t { visa_cvr, mastercard_cvr, mastercard_cvr_and_counters, whole_iad };
enum class ArpcMethod : std::uint8_t { one = 1, two = 2 };
/// What the script MAC covers in front of the command data.
enum class ScriptMacOver : std::uint8_t { header_atc_arqc, header };
enum class ScriptCipher : std::uint8_t {
    visa_ecb,        ///< length octet in front, 80 padding always, ECB
    mastercard_cbc,  ///< 80 padding only when not whole blocks, CBC
    emv_cbc,         ///< 80 padding always, CBC
};
/// visa: the PIN added to a part of the ICC master key (and, when the card asks for it, to the current PIN).
enum class PinChangeBlock : std::uint8_t { none, visa, iso2 };

/// How the application writes its issuer application data (protocol/tlv/issuer_application_data.hpp).
enum class IadForm : std::uint8_t { visa, interac, mastercard, ccd };
/// What stands in a track that was read without contact instead of the CVV: Visa's dCVV, Mastercard's CVC3.
enum class ContactlessCode : std::uint8_t { none, dcvv, cvc3 };

struct EmvProfile {
    std::string_view name;
    std::uint8_t cryptogram_version = 0;
    MasterKeyOption master_key{};
    AcSessionKey ac_session_key{};
    AcTail ac_tail{};
    Padding ac_padding{};
    ArpcMethod arpc{};
    AcSessionKey arpc_key{};  ///< none: under the ICC master key
    ScriptSessionKey script_session_key{};
    ScriptMacOver script_mac_over{};
    ScriptCipher script_cipher{};
    PinChangeBlock pin_change{};               ///< new PIN alone (P2 = 02)
    PinChangeBlock pin_change_with_current{};  ///< new PIN onto the current one (P2 = 01)
    IadForm iad{};
    ContactlessCode contactless{};
};

/// Every row.
std::span<const EmvProfile> emv_profiles();
/// By name; nullptr when there is none.
const EmvProfile* find_emv_profile(std::string_view name);

}  // namespace takas::crypto::payment
