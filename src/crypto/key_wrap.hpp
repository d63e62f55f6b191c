// Keys under keys: AES key wrap, RFC 3394 (whole 8-octet blocks) and RFC 5649 (any length). Deterministic and
// authenticated: a changed octet or another key-encryption key is noticed on unwrapping.
#pragma once

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "crypto/secret.hpp"

namespace takas::crypto {

enum class KeyWrap : std::uint8_t {
    rfc3394,  ///< key of 16 octets or more, a multiple of 8; the result is 8 longer
    rfc5649,  ///< key of 1 octet or more; the result is padded to a multiple of 8 and 8 longer
};

/// `kek` of 16, 24 or 32 octets. ErrorCode::internal when a length does not fit.
Result<Bytes> wrap_key(KeyWrap form, const SecretBytes& kek, const SecretBytes& key);

/// ErrorCode::internal when the integrity check fails: another `kek`, or a changed `wrapped`.
Result<SecretBytes> unwrap_key(KeyWrap form, const SecretBytes& kek, ByteView wrapped);

}  // namespace takas::crypto
