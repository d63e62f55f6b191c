// Keys of one chip card: its master keys, derived from the issuer's, and the session keys of one transaction.
// EMV Book 2 annex A1.3 and A1.4, EMV 4.1 annex A1.3.1 (the tree), Visa VIS, Mastercard M/Chip. Every derived key has
// odd parity, as the card stores it: Visa's PIN block shows the parity bits.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/bytes.hpp"
#include "crypto/payment/fault.hpp"
#include "crypto/payment/secrets.hpp"

namespace takas::crypto::payment {

/// Which card of a PAN. `pan` of 12 to 19 digits, `pan_sequence_number` of 2 digits ("00" when the card has none).
struct CardIdentity {
    std::string_view pan;
    std::string_view pan_sequence_number = "00";
};

enum class MasterKeyOption : std::uint8_t {
    a,  ///< the 16 rightmost digits of PAN || PSN
    b,  ///< of a PAN longer than 16 digits a hash of them all; otherwise as option A
};

/// `imk` of 16 octets.
Outcome<DoubleKey> icc_master_key(MasterKeyOption option, ByteView imk, const CardIdentity& card);

/// EMV common session key: both halves from R, whose third octet becomes F0 and 0F.
DoubleKey common_session_key(const DoubleKey& icc_master_key, const DesBlock& diversification);
/// EMV common session key of the application cryptogram: R = ATC || 000000000000. `atc` of 2 octets.
Outcome<DoubleKey> common_ac_session_key(const DoubleKey& icc_master_key, ByteView atc);
/// EMV common session key of secure messaging: R = the application cryptogram, 8 octets.
Outcome<DoubleKey> common_sm_session_key(const DoubleKey& icc_master_key, ByteView application_cryptogram);
/// Mastercard proprietary SKD: R = ATC || 0000 || unpredictable number (4 octets).
Outcome<DoubleKey> mastercard_session_key(const DoubleKey& icc_master_key, ByteView atc, ByteView unpredictable_number);
/// Visa secure messaging: the ATC onto the end of the left half, its complement onto the end of the right.
Outcome<DoubleKey> visa_sm_session_key(const DoubleKey& icc_master_key, ByteView atc);

/// The tree of EMV2000 (EMV 4.1 annex A1.3.1).
struct SessionKeyTree {
    std::uint8_t height = 8;          ///< 1 to 16
    std::uint16_t branch_factor = 4;  ///< 2 and more; branch_factor ^ height must reach 65535
    AesBlock initial_value{};
};
Outcome<DoubleKey> emv2000_session_key(const DoubleKey& icc_master_key, ByteView atc, const SessionKeyTree& tree = {});

}  // namespace takas::crypto::payment
