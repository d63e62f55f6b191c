// Message authentication codes of payment: ISO/IEC 9797-1 algorithm 1 (CBC-MAC; with single DES: ANSI X9.9),
// algorithm 3 (retail MAC, ANSI X9.19) and algorithm 5 (CMAC, NIST SP 800-38B). Full blocks come back; callers take the
// left part they need and compare with crypto::constant_time_equal.
#pragma once

#include <cstdint>
#include <span>

#include "base/bytes.hpp"
#include "crypto/payment/cipher.hpp"

namespace takas::crypto::payment {

/// ISO/IEC 9797-1 section 6.3.
enum class Padding : std::uint8_t {
    zeros = 1,          ///< method 1: zeros up to a whole block, at least one block
    one_and_zeros = 2,  ///< method 2: 80, then zeros
    length_first = 3,   ///< method 3: the length in bits as one block in front, zeros behind
};

/// No MAC of payment covers more.
inline constexpr std::size_t max_mac_data_bytes = 1 << 20;

/// `data` padded to whole blocks of `block_bytes`.
Bytes padded(Padding padding, ByteView data, std::size_t block_bytes = 8);

/// Algorithm 1 with TDES (or, with a key of 8 octets, single DES).
Outcome<DesBlock> cbc_mac(CipherKey tdes_key, Padding padding, ByteView data);

/// Algorithm 3: `key` of 16 octets, K || K'.
Outcome<DesBlock> retail_mac(ByteView key, Padding padding, ByteView data);
/// The same with a key that surely has 16 octets, and data within max_mac_data_bytes.
DesBlock retail_mac(const DoubleKey& key, Padding padding, ByteView data);

/// Algorithm 5: `out` of one block (8 octets with TDES, 16 with AES), which may be key material. Data beyond
/// max_mac_data_bytes stops the process.
void cmac(CipherKey key, ByteView data, std::span<std::uint8_t> out);

}  // namespace takas::crypto::payment
