// Key blocks of ANSI X9.143 / TR-31: a key, its attributes and a MAC over both as one printable text. Read: versions A
// and C (variant binding), B (derivation binding, TDES), D (derivation binding, AES) and E (ISO 20038, AES-CTR).
// Written: B and D only. The MAC is checked before anything of the key is looked at.
//
//   version(1) length(4) usage(2) algorithm(1) mode(1) key version(2) exportability(1) optional count(2) context(1) 0
//   { optional block: id(2) length(2, or 00 04 length(4)) data }*
//   enciphered( key length in bits(2) key padding ), hex || MAC, hex (4, 8 or 16 octets)
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "crypto/payment/fault.hpp"
#include "crypto/secret.hpp"

namespace takas::crypto::payment {

/// The length field has four digits.
inline constexpr std::size_t max_key_block_chars = 9999;

/// `id` is two letters or digits, `data` printable ASCII.
struct OptionalBlock {
    std::string id;
    std::string data;
    friend bool operator==(const OptionalBlock&, const OptionalBlock&) = default;
};

struct KeyBlockHeader {
    char version = 'D';
    std::string usage;  ///< "P0", "K0", "C0" ... X9.143 table 2
    char algorithm = 'T';
    char mode_of_use = 'N';
    std::string key_version = "00";  ///< "00" not used, "c1" component 1, otherwise two letters or digits
    char exportability = 'N';
    /// Without the padding block PB, which is made and left out here.
    std::vector<OptionalBlock> optional_blocks{};
    char key_context = '0';  ///< X9.143: 1 storage only, 2 exchange only, 0 as the wrapping key says
    friend bool operator==(const KeyBlockHeader&, const KeyBlockHeader&) = default;
};

struct UnwrappedKey {
    KeyBlockHeader header;
    SecretBytes key;
};

/// What the block says it holds, unauthenticated. Every field is checked against X9.143's tables.
Outcome<KeyBlockHeader> read_key_block_header(std::string_view key_block);

/// `kbpk`: A and C 8, 16 or 24 octets, B 16 or 24, D and E 16, 24 or 32.
Outcome<UnwrappedKey> unwrap_key_block(ByteView kbpk, std::string_view key_block);

/// Versions B and D. The padding hides whether a TDES key has two or three parts and how long an AES key is. The mode
/// of use must fit the usage.
Outcome<std::string> wrap_key_block(ByteView kbpk, const KeyBlockHeader& header, ByteView key);

/// X9.143 table 4: which modes a usage allows; Fault::block_mode_refused. Reading does not ask this (old systems write
/// odd pairs, and the MAC vouches for them); whoever takes a key into use does.
Outcome<void> check_mode_of_use(const KeyBlockHeader& header);
bool is_known_usage(std::string_view usage);

/// The two keys under which a block of this version really lives, derived from the key block protection key.
struct KeyBlockKeys {
    SecretBytes encryption;
    SecretBytes authentication;
};
Outcome<KeyBlockKeys> derive_key_block_keys(char version, ByteView kbpk);
/// The same three steps with the derived keys: for a protection key inside a token, which computes the CMACs itself.
Outcome<UnwrappedKey> unwrap_key_block(const KeyBlockKeys& keys, std::string_view key_block);
Outcome<std::string> wrap_key_block(const KeyBlockKeys& keys, const KeyBlockHeader& header, ByteView key);
/// Versions B, D and E: what to take the CMAC of, under the protection key, for each part of a derived key; the parts
/// are joined and cut to `kbpk_bytes`.
enum class KeyBlockKeyUse : std::uint8_t { encryption, authentication };
Outcome<std::vector<Bytes>> key_block_derivation_data(char version, std::size_t kbpk_bytes, KeyBlockKeyUse use);

/// For tests and vectors only: writes also the versions that the product merely reads (A, C, E).
Outcome<std::string> wrap_key_block_of_any_version(ByteView kbpk, const KeyBlockHeader& header, ByteView key);

}  // namespace takas::crypto::payment
