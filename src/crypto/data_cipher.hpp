// AES-GCM in the bare form that two institutions exchange: nonce (12) | ciphertext | tag (16). What is stored here uses
// crypto/aead.hpp, whose form names its key.
#pragma once

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "crypto/secret.hpp"

namespace takas::crypto {

inline constexpr std::size_t gcm_nonce_bytes = 12;
inline constexpr std::size_t gcm_tag_bytes = 16;
/// Card numbers, CVV2 and records of personalisation files are far smaller.
inline constexpr std::size_t gcm_content_max_bytes = 1 << 20;

/// `key` of 16, 24 or 32 octets, under a fresh random nonce. ErrorCode::internal when a length does not fit.
Result<Bytes> gcm_encrypt(ByteView key, ByteView plaintext, ByteView associated);

/// ErrorCode::internal when anything differs: key, associated data or any octet. The reason is not told apart.
Result<SecretBytes> gcm_decrypt(ByteView key, ByteView encrypted, ByteView associated);

}  // namespace takas::crypto
