// Unpredictable octets for keys, nonces and salts. app/ports/random.hpp is the door that use cases take; the
// composition root puts random_fill behind it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "crypto/secret.hpp"

namespace takas::crypto {

/// Fills `out` from the operating system's generator (through OpenSSL's per-thread DRBG). Stops the process when the
/// source fails: nothing may go on with guessable secrets.
void random_fill(std::span<std::uint8_t> out);

/// `size_bytes` fresh random octets.
SecretBytes random_secret(std::size_t size_bytes);

}  // namespace takas::crypto
