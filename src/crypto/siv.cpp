#include "crypto/siv.hpp"

#include "crypto/openssl_handles.hpp"

namespace takas::crypto {
namespace {

constexpr std::size_t content_max_bytes = 1'024;

const EVP_CIPHER* cipher_for(std::size_t key_bytes) {
    static const CipherHandle aes_128 =
        must(CipherHandle(EVP_CIPHER_fetch(nullptr, "AES-128-SIV", nullptr)), "AES-128-SIV");
    static const CipherHandle aes_256 =
        must(CipherHandle(EVP_CIPHER_fetch(nullptr, "AES-256-SIV", nullptr)), "AES-256-SIV");
    return key_bytes == 32 ? aes_128.get() : key_bytes == 64 ? aes_256.get() : nullptr;
}

/// Fresh for each use: OpenSSL's SIV keeps what it was told about associated data in the context.
CipherContext begin(ByteView key, bool seals) {
    CipherContext context = must(CipherContext(EVP_CIPHER_CTX_new()), "cipher context");
    must(EVP_CipherInit_ex2(context.get(), cipher_for(key.size()), key.data(), nullptr, seals ? 1 : 0, nullptr),
         "AES-SIV start");
    return context;
}

void add_associated(EVP_CIPHER_CTX* siv, ByteView associated) {
    int size = 0;
    must(EVP_CipherUpdate(siv, nullptr, &size, associated.data(), static_cast<int>(associated.size())),
         "AES-SIV associated data");
}

}  // namespace

Result<Bytes> siv_seal(ByteView key, ByteView content, ByteView associated) {
    if (!cipher_for(key.size()) || content.empty() || content.size() > content_max_bytes || associated.empty())
        return fail(ErrorCode::internal, "AES-SIV: a length does not fit");
    const CipherContext siv = begin(key, true);
    add_associated(siv.get(), associated);
    Bytes out(siv_tag_bytes + content.size());
    int size = 0;
    must(EVP_CipherUpdate(siv.get(), out.data() + siv_tag_bytes, &size, content.data(),
                          static_cast<int>(content.size())),
         "AES-SIV");
    must(EVP_CIPHER_CTX_ctrl(siv.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(siv_tag_bytes), out.data()),
         "AES-SIV tag");
    return out;
}

Result<SecretBytes> siv_open(ByteView key, ByteView sealed, ByteView associated) {
    if (!cipher_for(key.size()) || associated.empty() || sealed.size() <= siv_tag_bytes ||
        sealed.size() > siv_tag_bytes + content_max_bytes)
        return fail(ErrorCode::internal, "AES-SIV: a length does not fit");
    const CipherContext siv = begin(key, false);
    Bytes tag(sealed.begin(), sealed.begin() + siv_tag_bytes);
    must(EVP_CIPHER_CTX_ctrl(siv.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(siv_tag_bytes), tag.data()),
         "AES-SIV tag");
    add_associated(siv.get(), associated);
    const ByteView ciphertext = sealed.subspan(siv_tag_bytes);
    SecretBytes content(ciphertext.size());
    int size = 0;
    if (EVP_CipherUpdate(siv.get(), content.writable().data(), &size, ciphertext.data(),
                         static_cast<int>(ciphertext.size())) != 1)
        return fail(ErrorCode::internal, "AES-SIV: does not open");
    return content;
}

}  // namespace takas::crypto
