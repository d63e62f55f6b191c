// AES over OpenSSL EVP: EVP_Cipher goes straight to the provider's block function, with no padding logic; initialising
// with a null cipher only changes the key of a context. DES by des_keys.hpp, with the modes done here.
#include "crypto/payment/cipher.hpp"

#include <algorithm>
#include <array>

#include "crypto/openssl_handles.hpp"
#include "crypto/payment/des_keys.hpp"
#include "crypto/payment/locked_page.hpp"

namespace takas::crypto::payment {
namespace {

enum class Mode : std::uint8_t { ecb, cbc, ctr };
enum class Direction : std::uint8_t { decrypt = 0, encrypt = 1 };

constexpr std::size_t mode_count = 3;
constexpr std::size_t size_count = 3;
constexpr std::size_t direction_count = 2;
constexpr std::size_t des_block_bytes = 8;

/// By mode and by key size.
constexpr std::array<std::array<const char*, size_count>, mode_count> cipher_names{{
    {"AES-128-ECB", "AES-192-ECB", "AES-256-ECB"},
    {"AES-128-CBC", "AES-192-CBC", "AES-256-CBC"},
    {"AES-128-CTR", "AES-192-CTR", "AES-256-CTR"},
}};

const EVP_CIPHER* fetched(Mode mode, std::size_t size) {
    using Table = std::array<std::array<CipherHandle, size_count>, mode_count>;
    static const Table table = [] {
        Table fresh;
        for (std::size_t m = 0; m < mode_count; ++m)
            for (std::size_t s = 0; s < size_count; ++s)
                fresh[m][s] =
                    must(CipherHandle(EVP_CIPHER_fetch(nullptr, cipher_names[m][s], nullptr)), cipher_names[m][s]);
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

/// The key whose schedule a context holds: two blocks under one key set it up once.
struct KeptKey {
    std::array<std::uint8_t, 32> octets{};
    std::size_t size = 0;  ///< 0: none
};
using KeptKeys = std::array<KeptKey, mode_count * size_count * direction_count>;

KeptKeys& kept_keys_of_thread() {
    thread_local LockedPage<KeptKeys> kept;
    return *kept;
}

EVP_CIPHER_CTX* keyed(Mode mode, Direction direction, CipherKey key, const std::uint8_t* iv) {
    const std::size_t size = (key.reveal().size() - 16) / 8;
    const std::size_t at =
        (static_cast<std::size_t>(mode) * size_count + size) * direction_count + static_cast<std::size_t>(direction);
    CipherContext& context = contexts_of_thread()[at];
    const EVP_CIPHER* cipher = nullptr;
    if (!context) [[unlikely]] {
        context = must(CipherContext(EVP_CIPHER_CTX_new()), "cipher context");
        cipher = fetched(mode, size);
    }
    KeptKey& kept = kept_keys_of_thread()[at];
    const bool is_kept =
        kept.size == key.reveal().size() && constant_time_equal(ByteView(kept.octets).first(kept.size), key.reveal());
    if (is_kept && iv == nullptr) return context.get();  // ECB keeps nothing but the key
    must(EVP_CipherInit_ex2(context.get(), cipher, is_kept ? nullptr : key.reveal().data(), iv,
                            static_cast<int>(direction), nullptr),
         "cipher start");
    if (!is_kept) {
        kept.size = key.reveal().size();
        std::ranges::copy(key.reveal(), kept.octets.begin());
    }
    return context.get();
}

void run_aes(Mode mode, Direction direction, CipherKey key, ByteView iv, ByteView in, std::span<std::uint8_t> out) {
    EVP_CIPHER_CTX* context = keyed(mode, direction, key, mode == Mode::ecb ? nullptr : iv.data());
    if (EVP_Cipher(context, out.data(), in.data(), static_cast<unsigned int>(in.size())) !=
        static_cast<int>(in.size())) {
        stop_on_broken_crypto("a cipher did not do all blocks");
    }
}

std::span<std::uint8_t, des_block_bytes> des_block_at(std::span<std::uint8_t> bytes, std::size_t at) {
    return std::span<std::uint8_t, des_block_bytes>(bytes.data() + at, des_block_bytes);
}

void run_des_ecb(Direction direction, const DesKeys& keys, ByteView in, std::span<std::uint8_t> out) {
    if (in.data() != out.data()) std::ranges::copy(in, out.begin());
    for (std::size_t at = 0; at < out.size(); at += des_block_bytes) {
        const auto block = des_block_at(out, at);
        if (direction == Direction::encrypt) {
            keys.encrypt(block);
        } else {
            keys.decrypt(block);
        }
    }
}

/// `in` and `out` may be the same: a block is read whole before it is written.
void run_des_cbc(Direction direction, const DesKeys& keys, ByteView iv, ByteView in, std::span<std::uint8_t> out) {
    DesBlock chain;
    std::ranges::copy(iv, chain.begin());
    DesBlock read;
    for (std::size_t at = 0; at < in.size(); at += des_block_bytes) {
        std::ranges::copy(in.subspan(at, des_block_bytes), read.begin());
        const auto block = des_block_at(out, at);
        if (direction == Direction::encrypt) {
            xor_into(block, read, chain);
            keys.encrypt(block);
            std::ranges::copy(block, chain.begin());
        } else {
            std::ranges::copy(read, block.begin());
            keys.decrypt(block);
            xor_into(block, block, chain);
            chain = read;
        }
    }
    wipe_here(read.data(), read.size());
}

void run(Mode mode, Direction direction, CipherKey key, ByteView iv, ByteView in, std::span<std::uint8_t> out) {
    if (in.size() != out.size() || (mode != Mode::ctr && in.size() % key.block_bytes() != 0) ||
        (mode != Mode::ecb && iv.size() != key.block_bytes())) {
        stop_on_broken_crypto("a cipher was given what is not whole blocks");
    }
    if (in.empty()) return;
    if (key.algorithm() == CipherAlgorithm::aes) return run_aes(mode, direction, key, iv, in, out);
    const DesKeys keys(key);
    if (mode == Mode::ecb) {
        run_des_ecb(direction, keys, in, out);
    } else {
        run_des_cbc(direction, keys, iv, in, out);
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
    forget_des_keys();
    KeptKeys& kept = kept_keys_of_thread();
    wipe({reinterpret_cast<std::uint8_t*>(&kept), sizeof(kept)});
    static constexpr std::array<std::uint8_t, 32> zeros{};
    for (const CipherContext& context : contexts_of_thread()) {
        if (!context) continue;
        must(EVP_CipherInit_ex2(context.get(), nullptr, zeros.data(), zeros.data(), -1, nullptr), "forgetting a key");
    }
}

}  // namespace takas::crypto::payment
