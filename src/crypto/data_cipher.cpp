// AES-GCM over OpenSSL EVP.
#include "crypto/data_cipher.hpp"

#include <algorithm>
#include <array>

#include "crypto/openssl_handles.hpp"
#include "crypto/random.hpp"

namespace takas::crypto {
namespace {

CipherHandle fetched(const char* name) { return must(CipherHandle(EVP_CIPHER_fetch(nullptr, name, nullptr)), name); }

/// Null when the key has no AES length. Fetched once: a fetch costs more than the cipher.
const EVP_CIPHER* cipher_for(std::size_t key_bytes) {
    static const CipherHandle of_16 = fetched("AES-128-GCM"), of_24 = fetched("AES-192-GCM"),
                              of_32 = fetched("AES-256-GCM");
    return key_bytes == 16 ? of_16.get() : key_bytes == 24 ? of_24.get() : key_bytes == 32 ? of_32.get() : nullptr;
}

enum class Direction : int { open = 0, seal = 1 };

/// Runs GCM up to the tag. The context dies with the call, and the key's schedule with it.
CipherContext run(Direction direction, const EVP_CIPHER* cipher, ByteView key, ByteView nonce, ByteView associated,
                  ByteView in, std::uint8_t* out) {
    CipherContext context = must(CipherContext(EVP_CIPHER_CTX_new()), "cipher context");
    int size = 0;
    must(EVP_CipherInit_ex2(context.get(), cipher, key.data(), nonce.data(), static_cast<int>(direction), nullptr),
         "AES-GCM start");
    if (!associated.empty())
        must(EVP_CipherUpdate(context.get(), nullptr, &size, associated.data(), static_cast<int>(associated.size())),
             "AES-GCM associated data");
    if (!in.empty())
        must(EVP_CipherUpdate(context.get(), out, &size, in.data(), static_cast<int>(in.size())), "AES-GCM");
    return context;
}

}  // namespace

Result<Bytes> gcm_encrypt(ByteView key, ByteView plaintext, ByteView associated) {
    const EVP_CIPHER* cipher = cipher_for(key.size());
    if (cipher == nullptr || plaintext.size() > gcm_content_max_bytes || associated.size() > gcm_content_max_bytes)
        return fail(ErrorCode::internal, "AES-GCM: a length does not fit");
    Bytes encrypted(gcm_nonce_bytes + plaintext.size() + gcm_tag_bytes);
    const std::span<std::uint8_t> all(encrypted);
    random_fill(all.first(gcm_nonce_bytes));
    const CipherContext context = run(Direction::seal, cipher, key, all.first(gcm_nonce_bytes), associated, plaintext,
                                      all.data() + gcm_nonce_bytes);
    std::array<std::uint8_t, 16> none;
    int size = 0;
    must(EVP_CipherFinal_ex(context.get(), none.data(), &size), "AES-GCM end");
    must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, gcm_tag_bytes, all.last(gcm_tag_bytes).data()),
         "AES-GCM tag");
    return encrypted;
}

Result<SecretBytes> gcm_decrypt(ByteView key, ByteView encrypted, ByteView associated) {
    const EVP_CIPHER* cipher = cipher_for(key.size());
    constexpr std::size_t overhead_bytes = gcm_nonce_bytes + gcm_tag_bytes;
    if (cipher == nullptr || encrypted.size() < overhead_bytes ||
        encrypted.size() > gcm_content_max_bytes + overhead_bytes || associated.size() > gcm_content_max_bytes)
        return fail(ErrorCode::internal, "AES-GCM: a length does not fit");
    const ByteView content = encrypted.subspan(gcm_nonce_bytes, encrypted.size() - overhead_bytes);
    SecretBytes plaintext(content.size());
    const CipherContext context = run(Direction::open, cipher, key, encrypted.first(gcm_nonce_bytes), associated,
                                      content, plaintext.writable().data());
    std::array<std::uint8_t, gcm_tag_bytes> tag;
    std::ranges::copy(encrypted.last(gcm_tag_bytes), tag.begin());
    must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, gcm_tag_bytes, tag.data()), "AES-GCM tag");
    std::array<std::uint8_t, 16> none;
    int size = 0;
    if (EVP_CipherFinal_ex(context.get(), none.data(), &size) != 1)
        return fail(ErrorCode::internal, "AES-GCM: changed, or encrypted under another key");
    return plaintext;
}

}  // namespace takas::crypto
