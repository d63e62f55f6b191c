// AES-SIV (RFC 5297) with a 256-bit key pair (AES-128 halves) or a 512-bit one (AES-256 halves): deterministic
// authenticated encryption, for short tokens that leave no room for a nonce. Equal content under equal associated data
// gives equal octets, and that is all an onlooker learns.
//
// Sealed form: synthetic initialisation vector, which is the tag (16) | ciphertext (as long as the content)
#pragma once

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "crypto/secret.hpp"

namespace takas::crypto {

inline constexpr std::size_t siv_tag_bytes = 16;

/// `key` of 32 or 64 octets, content of 1 to 1,024. ErrorCode::internal when a length does not fit.
Result<Bytes> siv_seal(ByteView key, ByteView content, ByteView associated);

/// ErrorCode::internal when anything differs.
Result<SecretBytes> siv_open(ByteView key, ByteView sealed, ByteView associated);

}  // namespace takas::crypto
