// Sealed octets: AES-256-GCM (NIST SP 800-38D) for what is stored encrypted. What is sealed is bound to its place by
// associated data (table, row, tenant), so that a value copied to another row does not open.
//
// Sealed form: version (1 octet, 0x01) | key id (4, big endian) | nonce (12, random) | ciphertext | tag (16)
// Version and key id are authenticated with the associated data. Random nonces keep one key safe for 2^32 seals
// (SP 800-38D section 8.3); rotate the key long before.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "crypto/secret.hpp"

namespace takas::crypto {

inline constexpr std::size_t aead_key_bytes = 32;
/// How much longer than its content a sealed form is.
inline constexpr std::size_t seal_overhead_bytes = 1 + 4 + 12 + 16;

/// Joins the parts so that no two different lists give the same octets: each part is preceded by its length.
Bytes associated_data(std::initializer_list<std::string_view> parts);

/// `key` of 32 octets; ErrorCode::internal when it is not, or when `plaintext` is above 1 MiB.
Result<Bytes> seal(std::uint32_t key_id, const SecretBytes& key, ByteView plaintext, ByteView associated);

/// Which key sealed this; ErrorCode::internal when it is no sealed form.
Result<std::uint32_t> sealed_key_id(ByteView sealed);

/// ErrorCode::internal when anything differs: key, place or any octet. The reason is not told apart.
Result<SecretBytes> open(const SecretBytes& key, ByteView sealed, ByteView associated);

}  // namespace takas::crypto
