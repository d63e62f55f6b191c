// Wiping and comparing secrets, by OpenSSL's own means.
#include "crypto/secret.hpp"

#include <openssl/crypto.h>

namespace takas::crypto {

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
    if (this != &other) {
        wipe();
        bytes_ = std::move(other.bytes_);
        other.bytes_.clear();
    }
    return *this;
}

void SecretBytes::shrink(std::size_t size_bytes) {
    if (size_bytes >= bytes_.size()) return;
    crypto::wipe(std::span(bytes_).subspan(size_bytes));
    bytes_.resize(size_bytes);
}

void SecretBytes::wipe() { crypto::wipe(bytes_); }

bool constant_time_equal(ByteView a, ByteView b) {
    if (a.size() != b.size()) return false;
    return a.empty() || CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

void wipe(std::span<std::uint8_t> bytes) {
    if (!bytes.empty()) OPENSSL_cleanse(bytes.data(), bytes.size());
}

}  // namespace takas::crypto
