// RSA for the transport of keys: one side makes a key pair, the other wraps a symmetric key under its public half with
// RSA-OAEP (PKCS #1 v2.2; SHA-256 for the label and for MGF1, empty label). Private keys are PKCS #8, public keys
// SubjectPublicKeyInfo, both DER.
#pragma once

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "crypto/secret.hpp"

namespace takas::crypto {

inline constexpr std::size_t rsa_min_bits = 2048;
inline constexpr std::size_t rsa_max_bits = 4096;
/// The SubjectPublicKeyInfo of 4096 bits has 550 octets.
inline constexpr std::size_t rsa_spki_max_bytes = 1024;

/// `bits` of 2048, 3072 or 4096. Takes a second or so.
Result<SecretBytes> make_rsa_key(std::size_t bits);

/// The public half; ErrorCode::internal when `private_key` is none.
Result<Bytes> rsa_public_key(const SecretBytes& private_key);

/// Bits of the modulus when `spki` is an RSA public key that may be used: 2048 to 4096 bits, exponent odd and above
/// 2^16. ErrorCode::hsm_public_key_refused otherwise.
Result<std::size_t> check_rsa_public_key(ByteView spki);

/// ErrorCode::hsm_public_key_refused, or internal when `secret` does not fit under the key.
Result<Bytes> rsa_oaep_encrypt(ByteView spki, ByteView secret);

/// One error for whatever is wrong (Manger's attack): ErrorCode::hsm_data_invalid.
Result<SecretBytes> rsa_oaep_decrypt(const SecretBytes& private_key, ByteView encrypted);

}  // namespace takas::crypto
