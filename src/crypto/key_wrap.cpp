// AES key wrap over OpenSSL EVP. Rare enough (start, rotation) that contexts are not kept.
#include "crypto/key_wrap.hpp"

#include <algorithm>

#include "crypto/openssl_handles.hpp"

namespace takas::crypto {
namespace {

constexpr std::size_t block_bytes = 8;
/// No key we keep is near this; RFC 5649 allows far more.
constexpr std::size_t max_key_bytes = 4096;

const char* cipher_name(KeyWrap form, std::size_t kek_bytes) {
    const bool padded = form == KeyWrap::rfc5649;
    switch (kek_bytes) {
        case 16:
            return padded ? "AES-128-WRAP-PAD" : "AES-128-WRAP";
        case 24:
            return padded ? "AES-192-WRAP-PAD" : "AES-192-WRAP";
        case 32:
            return padded ? "AES-256-WRAP-PAD" : "AES-256-WRAP";
        default:
            return nullptr;
    }
}

/// The context keyed for one direction; null when the key-encryption key has no AES length.
CipherContext start(KeyWrap form, const SecretBytes& kek, bool encrypt) {
    const char* name = cipher_name(form, kek.size());
    if (name == nullptr) return nullptr;
    const CipherHandle cipher = must(CipherHandle(EVP_CIPHER_fetch(nullptr, name, nullptr)), name);
    CipherContext context = must(CipherContext(EVP_CIPHER_CTX_new()), "cipher context");
    EVP_CIPHER_CTX_set_flags(context.get(), EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    must(EVP_CipherInit_ex2(context.get(), cipher.get(), kek.reveal().data(), nullptr, encrypt ? 1 : 0, nullptr), name);
    return context;
}

bool fits(KeyWrap form, std::size_t key_bytes) {
    if (key_bytes == 0 || key_bytes > max_key_bytes) return false;
    return form == KeyWrap::rfc5649 || (key_bytes >= 2 * block_bytes && key_bytes % block_bytes == 0);
}

}  // namespace

Result<Bytes> wrap_key(KeyWrap form, const SecretBytes& kek, const SecretBytes& key) {
    const CipherContext context = start(form, kek, true);
    if (!context || !fits(form, key.size())) return fail(ErrorCode::internal, "key wrap: a key has an unfit length");
    Bytes wrapped(key.size() + 2 * block_bytes);
    int size = 0;
    must(EVP_CipherUpdate(context.get(), wrapped.data(), &size, key.reveal().data(), static_cast<int>(key.size())),
         "key wrap");
    wrapped.resize(static_cast<std::size_t>(size));
    return wrapped;
}

Result<SecretBytes> unwrap_key(KeyWrap form, const SecretBytes& kek, ByteView wrapped) {
    const CipherContext context = start(form, kek, false);
    const std::size_t least_bytes = (form == KeyWrap::rfc3394 ? 3 : 2) * block_bytes;
    if (!context || wrapped.size() < least_bytes || wrapped.size() > max_key_bytes + block_bytes ||
        wrapped.size() % block_bytes != 0) {
        return fail(ErrorCode::internal, "key unwrap: a length does not fit");
    }
    SecretBytes key(wrapped.size());
    int size = 0;
    if (EVP_CipherUpdate(context.get(), key.writable().data(), &size, wrapped.data(),
                         static_cast<int>(wrapped.size())) != 1 ||
        size <= 0) {
        return fail(ErrorCode::internal, "key unwrap: the integrity check failed");
    }
    key.shrink(static_cast<std::size_t>(size));
    return key;
}

}  // namespace takas::crypto
