// AES-256-GCM over OpenSSL EVP. The context of a thread keeps the last key's schedule; the key itself lives in the
// keyring of the same process anyway.
#include "crypto/aead.hpp"

#include <algorithm>
#include <array>

#include "crypto/openssl_handles.hpp"
#include "crypto/random.hpp"

namespace takas::crypto {
namespace {

constexpr std::uint8_t form_version = 1;
constexpr std::size_t header_bytes = 1 + 4;
constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t tag_bytes = 16;
/// Card numbers and webhook secrets are far smaller; a larger request is a mistake of the caller.
constexpr std::size_t max_content_bytes = 1 << 20;

enum class Direction : int { open = 0, seal = 1 };

void append_big_endian(Bytes& out, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(value >> shift));
}

/// A thread's context and the key whose schedule is in it.
struct KeyedContext {
    CipherContext context = must(CipherContext(EVP_CIPHER_CTX_new()), "cipher context");
    SecretBytes key;
};

/// Runs GCM up to the tag. `header` and `associated` are authenticated, `in` becomes `out` of the same size.
EVP_CIPHER_CTX* run(Direction direction, const SecretBytes& key, ByteView nonce, ByteView header, ByteView associated,
                    ByteView in, std::uint8_t* out) {
    static const CipherHandle cipher =
        must(CipherHandle(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr)), "AES-256-GCM");
    thread_local KeyedContext kept;
    EVP_CIPHER_CTX* gcm = kept.context.get();
    int size = 0;
    // With the key of the last time only the nonce is set: expanding it costs more than a card number.
    const bool is_kept = !kept.key.empty() && constant_time_equal(kept.key.reveal(), key.reveal());
    must(EVP_CipherInit_ex2(gcm, kept.key.empty() ? cipher.get() : nullptr, is_kept ? nullptr : key.reveal().data(),
                            nonce.data(), static_cast<int>(direction), nullptr),
         "AES-256-GCM start");
    if (!is_kept) kept.key = key.clone();
    must(EVP_CipherUpdate(gcm, nullptr, &size, header.data(), static_cast<int>(header.size())), "AES-256-GCM header");
    if (!associated.empty()) {
        must(EVP_CipherUpdate(gcm, nullptr, &size, associated.data(), static_cast<int>(associated.size())),
             "AES-256-GCM associated data");
    }
    if (!in.empty()) must(EVP_CipherUpdate(gcm, out, &size, in.data(), static_cast<int>(in.size())), "AES-256-GCM");
    return gcm;
}

}  // namespace

Bytes associated_data(std::initializer_list<std::string_view> parts) {
    Bytes out;
    for (const std::string_view part : parts) {
        append_big_endian(out, static_cast<std::uint32_t>(part.size()));
        const ByteView bytes = bytes_of(part);
        out.insert(out.end(), bytes.begin(), bytes.end());
    }
    return out;
}

Result<Bytes> seal(std::uint32_t key_id, const SecretBytes& key, ByteView plaintext, ByteView associated) {
    if (key.size() != aead_key_bytes) return fail(ErrorCode::internal, "seal: the key is not 32 octets long");
    if (plaintext.size() > max_content_bytes || associated.size() > max_content_bytes)
        return fail(ErrorCode::internal, "seal: the content is too large");
    Bytes sealed{form_version};
    sealed.reserve(plaintext.size() + seal_overhead_bytes);
    append_big_endian(sealed, key_id);
    sealed.resize(plaintext.size() + seal_overhead_bytes);
    const std::span<std::uint8_t> all(sealed);
    const auto nonce = all.subspan(header_bytes, nonce_bytes);
    random_fill(nonce);
    EVP_CIPHER_CTX* gcm = run(Direction::seal, key, nonce, all.first(header_bytes), associated, plaintext,
                              all.data() + header_bytes + nonce_bytes);
    std::array<std::uint8_t, 16> none;
    int size = 0;
    must(EVP_CipherFinal_ex(gcm, none.data(), &size), "AES-256-GCM end");
    must(EVP_CIPHER_CTX_ctrl(gcm, EVP_CTRL_AEAD_GET_TAG, tag_bytes, all.last(tag_bytes).data()), "AES-256-GCM tag");
    return sealed;
}

Result<std::uint32_t> sealed_key_id(ByteView sealed) {
    if (sealed.size() < seal_overhead_bytes || sealed[0] != form_version)
        return fail(ErrorCode::internal, "open: not a sealed form of a known version");
    std::uint32_t id = 0;
    for (std::size_t i = 1; i < header_bytes; ++i) id = id << 8 | sealed[i];
    return id;
}

Result<SecretBytes> open(const SecretBytes& key, ByteView sealed, ByteView associated) {
    if (auto id = sealed_key_id(sealed); !id) return std::unexpected(std::move(id.error()));
    if (key.size() != aead_key_bytes) return fail(ErrorCode::internal, "open: the key is not 32 octets long");
    if (sealed.size() > max_content_bytes + seal_overhead_bytes || associated.size() > max_content_bytes)
        return fail(ErrorCode::internal, "open: the sealed form is too large");
    const ByteView content = sealed.subspan(header_bytes + nonce_bytes, sealed.size() - seal_overhead_bytes);
    SecretBytes plaintext(content.size());
    EVP_CIPHER_CTX* gcm = run(Direction::open, key, sealed.subspan(header_bytes, nonce_bytes),
                              sealed.first(header_bytes), associated, content, plaintext.writable().data());
    std::array<std::uint8_t, tag_bytes> tag;
    std::ranges::copy(sealed.last(tag_bytes), tag.begin());
    must(EVP_CIPHER_CTX_ctrl(gcm, EVP_CTRL_AEAD_SET_TAG, tag_bytes, tag.data()), "AES-256-GCM tag");
    std::array<std::uint8_t, 16> none;
    int size = 0;
    if (EVP_CipherFinal_ex(gcm, none.data(), &size) != 1)
        return fail(ErrorCode::internal, "open: the sealed form was changed, moved or sealed under another key");
    return plaintext;
}

}  // namespace takas::crypto
