// Block ciphers over OpenSSL EVP. EVP_Cipher goes straight to the provider's block function: no padding logic, whole
// blocks in and out. Initialising with a null cipher only changes the key of a context.
#include "crypto/payment/cipher.hpp"

#include <algorithm>
#include <array>

#include "crypto/openssl_handles.hpp"

namespace takas::crypto::payment {
namespace {

enum class Mode : std::uint8_t { ecb, cbc, ctr };
enum class Direction : std::uint8_t { decrypt = 0, encrypt = 1 };

constexpr std::size_t mode_count = 3;
constexpr std::size_t size_count = 5;
constexpr std::size_t direction_count = 2;

/// By mode and by key size: TDES of two and of three parts, AES of 128, 192 and 256 bits.
constexpr std::array<std::array<const char*, size_count>, mode_count> cipher_names{{
    {"DES-EDE-ECB", "DES-EDE3-ECB", "AES-128-ECB", "AES-192-ECB", "AES-256-ECB"},
    {"DES-EDE-CBC", "DES-EDE3-CBC", "AES-128-CBC", "AES-192-CBC", "AES-256-CBC"},
    {nullptr, nullptr, "AES-128-CTR", "AES-192-CTR", "AES-256-CTR"},
}};

std::size_t size_index(CipherKey key) {
    return (key.algorithm() == CipherAlgorithm::tdes ? 0 : 2) + (key.reveal().size() - 16) / 8;
}

const EVP_CIPHER* fetched(Mode mode, std::size_t size) {
    using Table = std::array<std::array<CipherHandle, size_count>, mode_count>;
    static const Table table = [] {
        Table fresh;
        for (std::size_t m = 0; m < mode_count; ++m)
            for (std::size_t s = 0; s < size_count; ++s)
                if (const char* name = cipher_names[m][s]; name != nullptr)
                    fresh[m][s] = must(CipherHandle(EVP_CIPHER_fetch(nullptr, name, nullptr)), name);
        return fresh;
    }();
    return table[static_cast<std::size_t>(mode)][size].get();
}

/// One context for each cipher and direction that the thread has used.
using Contexts = std::array<CipherContext, mode_count * size_count * direction_count>;

Contexts& contexts_of_thread() {
    thread_local Contexts contexts;
    return contexts;
}

EVP_CIPHER_CTX* keyed(Mode mode, Direction direction, CipherKey key, const std::uint8_t* iv) {
    const std::size_t size = size_index(key);
    CipherContext& context =
        contexts_of_thread()[(static_cast<std::size_t>(mode) * size_count + size) * direction_count +
                             static_cast<std::size_t>(direction)];
    const EVP_CIPHER* cipher = nullptr;
    if (!context) [[unlikely]] {
        context = must(CipherContext(EVP_CIPHER_CTX_new()), "cipher context");
        cipher = fetched(mode, size);
    }
    must(EVP_CipherInit_ex2(context.get(), cipher, key.reveal().data(), iv, static_cast<int>(direction), nullptr),
         "cipher start");
    return context.get();
}

void run(Mode mode, Direction direction, CipherKey key, ByteView iv, ByteView in, std::span<std::uint8_t> out) {
    const bool is_stream = mode == Mode::ctr;
    if (in.size() != out.size() || (!is_stream && in.size() % key.block_bytes() != 0) ||
        (mode != Mode::ecb && iv.size() != key.block_bytes())) {
        stop_on_broken_crypto("a cipher was given what is not whole blocks");
    }
    if (in.empty()) return;
    if (key.reveal().size() == 8) {
        DoubleKey twice;
        std::ranges::copy(key.reveal(), twice.writable().begin());
        std::ranges::copy(key.reveal(), twice.writable().begin() + 8);
        return run(mode, direction, twice, iv, in, out);
    }
    EVP_CIPHER_CTX* context = keyed(mode, direction, key, mode == Mode::ecb ? nullptr : iv.data());
    if (EVP_Cipher(context, out.data(), in.data(), static_cast<unsigned int>(in.size())) !=
        static_cast<int>(in.size())) {
        stop_on_broken_crypto("a cipher did not do all blocks");
    }
}

}  // namespace

Outcome<CipherKey> CipherKey::tdes(ByteView key) {
    if (key.size() != 8 && key.size() != 16 && key.size() != 24) return refuse(Fault::key_length_refused);
    return CipherKey(CipherAlgorithm::tdes, key);
}

Outcome<CipherKey> CipherKey::aes(ByteView key) {
    if (key.size() != 16 && key.size() != 24 && key.size() != 32) return refuse(Fault::key_length_refused);
    return CipherKey(CipherAlgorithm::aes, key);
}

Outcome<CipherKey> CipherKey::of(CipherAlgorithm algorithm, ByteView key) {
    return algorithm == CipherAlgorithm::tdes ? tdes(key) : aes(key);
}

void ecb_encrypt(CipherKey key, ByteView in, std::span<std::uint8_t> out) {
    run(Mode::ecb, Direction::encrypt, key, {}, in, out);
}

void ecb_decrypt(CipherKey key, ByteView in, std::span<std::uint8_t> out) {
    run(Mode::ecb, Direction::decrypt, key, {}, in, out);
}

void cbc_encrypt(CipherKey key, ByteView iv, ByteView in, std::span<std::uint8_t> out) {
    run(Mode::cbc, Direction::encrypt, key, iv, in, out);
}

void cbc_decrypt(CipherKey key, ByteView iv, ByteView in, std::span<std::uint8_t> out) {
    run(Mode::cbc, Direction::decrypt, key, iv, in, out);
}

void ctr_crypt(CipherKey key, ByteView counter, ByteView in, std::span<std::uint8_t> out) {
    if (key.algorithm() != CipherAlgorithm::aes) stop_on_broken_crypto("CTR is done with AES only");
    run(Mode::ctr, Direction::encrypt, key, counter, in, out);
}

void forget_keys() {
    static constexpr std::array<std::uint8_t, 32> zeros{};
    for (const CipherContext& context : contexts_of_thread()) {
        if (!context) continue;
        must(EVP_CipherInit_ex2(context.get(), nullptr, zeros.data(), zeros.data(), -1, nullptr), "forgetting a key");
    }
}

}  // namespace takas::crypto::payment
