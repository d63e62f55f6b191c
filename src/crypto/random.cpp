// Randomness from OpenSSL, or no process.
#include "crypto/random.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <climits>

#include "crypto/openssl_handles.hpp"

namespace takas::crypto {

void random_fill(std::span<std::uint8_t> out) {
    while (!out.empty()) {
        const std::size_t part = std::min<std::size_t>(out.size(), INT_MAX);
        must(RAND_bytes(out.data(), static_cast<int>(part)), "no random octets");
        out = out.subspan(part);
    }
}

SecretBytes random_secret(std::size_t size_bytes) {
    SecretBytes secret(size_bytes);
    random_fill(secret.writable());
    return secret;
}

}  // namespace takas::crypto
