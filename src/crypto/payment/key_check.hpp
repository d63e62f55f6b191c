// Key check values and parity: what two people compare to know that they hold the same key.
#pragma once

#include <array>
#include <span>
#include <string>

#include "base/bytes.hpp"
#include "crypto/payment/cipher.hpp"

namespace takas::crypto::payment {

using Kcv3 = std::array<std::uint8_t, 3>;
using Kcv5 = std::array<std::uint8_t, 5>;

/// The left 3 octets of a zero block enciphered under the key: the classic value for TDES; for AES what some consoles
/// still show.
Kcv3 zero_block_kcv(CipherKey key);
/// The left 5 octets of the CMAC of a zero block (ANSI X9.24-1:2017 annex A): the value for AES, and the newer for
/// TDES.
Kcv5 cmac_kcv(CipherKey key);
/// What an operator is shown, upper-case hex: TDES 6 digits by zero block, AES 10 digits by CMAC.
std::string kcv_text(CipherKey key);

/// Makes the number of ones in each octet odd, as DES keys have it (FIPS 46-3).
void set_odd_parity(std::span<std::uint8_t> key);
bool has_odd_parity(ByteView key);

/// Parts of 8 octets that are equal (such a TDES key is single DES), or one that is a weak or semi-weak key of DES
/// (NIST SP 800-67, 3.4.2), zero among them. Parity bits do not count.
bool is_weak_tdes_key(ByteView key);

}  // namespace takas::crypto::payment
