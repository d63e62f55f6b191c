// What an issuer reads from the chip data of a request (DE 55 or the sandbox's emvData): each tag it knows, with the
// size the standard gives it (EMV Book 3 annex A). Views into the octets that were read; nothing is copied.
// PAN and track 2 are secrets: this file shows them to nobody, and neither should its caller.
#pragma once

#include <array>
#include <span>

#include "protocol/tlv/tlv.hpp"

namespace takas::protocol::tlv {

/// Empty where the tag was absent.
struct ChipData {
    ByteView amount_authorized;                ///< 9F02, n12
    ByteView amount_other;                     ///< 9F03, n12
    ByteView application_cryptogram;           ///< 9F26: ARQC, TC or AAC
    ByteView cryptogram_information;           ///< 9F27
    ByteView issuer_application_data;          ///< 9F10
    ByteView unpredictable_number;             ///< 9F37
    ByteView application_transaction_counter;  ///< 9F36, the ATC
    ByteView terminal_verification_results;    ///< 95, the TVR
    ByteView transaction_date;                 ///< 9A, YYMMDD
    ByteView transaction_type;                 ///< 9C, n2
    ByteView transaction_currency;             ///< 5F2A, n3
    ByteView terminal_country;                 ///< 9F1A, n3
    ByteView application_interchange_profile;  ///< 82, the AIP
    ByteView terminal_capabilities;            ///< 9F33
    ByteView cvm_results;                      ///< 9F34
    ByteView terminal_type;                    ///< 9F35
    ByteView interface_device_serial;          ///< 9F1E
    ByteView dedicated_file_name;              ///< 84, the AID
    ByteView application_version;              ///< 9F09
    ByteView transaction_sequence_counter;     ///< 9F41
    ByteView transaction_category;             ///< 9F53
    ByteView pan_sequence_number;              ///< 5F34, n2
    ByteView track2;                           ///< 57, track 2 equivalent data
    ByteView pan;                              ///< 5A
    ByteView expiration_date;                  ///< 5F24, YYMMDD
    ByteView form_factor;                      ///< 9F6E
    ByteView script_results;                   ///< 9F5B
    ByteView response_code;                    ///< 8A
    ByteView issuer_authentication;            ///< 91
};

enum class ValueForm : std::uint8_t { octets, packed_digits };

/// One row per tag that ChipData has.
struct ChipTag {
    Tag tag;
    ByteView ChipData::* member;
    std::uint8_t min_bytes, max_bytes;
    ValueForm form;
};
std::span<const ChipTag> chip_tags();

/// The known tags at the top; unknown ones are passed over. Refused: what decode() refuses, no octets at all, a known
/// tag that is there twice or has another size than it may, letters where packed digits belong.
wire::Decoded<ChipData> read_chip_data(ByteView octets);

/// The tags that are set, in the order of chip_tags().
Bytes write_chip_data(const ChipData& data);

}  // namespace takas::protocol::tlv
