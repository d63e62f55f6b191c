#include "bare_crypto.hpp"

#include <stdexcept>

namespace takas::bench {
namespace {

constexpr std::array<std::uint8_t, 16> zero_iv{};
constexpr std::array<std::uint8_t, 16> key{0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF,
                                           0xFE, 0xDC, 0xBA, 0x98, 0x76, 0x54, 0x32, 0x10};
constexpr std::array<std::uint8_t, 16> twice_left{0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF,
                                                  0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF};

void must(int result) {
    if (result != 1) throw std::runtime_error("OpenSSL failed");
}

}  // namespace

BareCipher::BareCipher(const char* name, bool encrypts) : context_(EVP_CIPHER_CTX_new()) {
    EVP_CIPHER* cipher = EVP_CIPHER_fetch(nullptr, name, nullptr);
    if (context_ == nullptr || cipher == nullptr) throw std::runtime_error("OpenSSL lacks a cipher");
    must(EVP_CipherInit_ex2(context_, cipher, nullptr, nullptr, encrypts ? 1 : 0, nullptr));
    must(EVP_CIPHER_CTX_set_padding(context_, 0));
    EVP_CIPHER_free(cipher);
}

BareCipher::~BareCipher() { EVP_CIPHER_CTX_free(context_); }

void BareCipher::set_key(std::span<const std::uint8_t> bytes) {
    must(EVP_CipherInit_ex2(context_, nullptr, bytes.data(), zero_iv.data(), -1, nullptr));
}

void BareCipher::run(std::span<std::uint8_t> data) {
    int size = 0;
    must(EVP_CipherUpdate(context_, data.data(), &size, data.data(), static_cast<int>(data.size())));
}

/// Single DES of one block, TDES of one block.
void bare_cvv(std::size_t count) {
    BareCipher left("DES-EDE-ECB", true), both("DES-EDE-ECB", true);
    left.set_key(twice_left);
    both.set_key(key);
    std::array<std::uint8_t, 8> block{};
    for (std::size_t i = 0; i < count; ++i) {
        left.run(block);
        both.run(block);
    }
}

/// TDES of one block.
void bare_pvv(std::size_t count) {
    BareCipher ecb("DES-EDE-ECB", true);
    ecb.set_key(key);
    std::array<std::uint8_t, 8> block{};
    for (std::size_t i = 0; i < count; ++i) ecb.run(block);
}

/// ICC master key and session key (two blocks each), the MAC of six blocks, the ARPC of two. The last two have one key.
void bare_arqc(std::size_t count) {
    BareCipher issuer("DES-EDE-ECB", true), card("DES-EDE-ECB", true), session("DES-EDE-ECB", true);
    BareCipher session_left("DES-EDE-CBC", true);
    issuer.set_key(key);
    std::array<std::uint8_t, 48> data{};
    const std::span<std::uint8_t> all(data);
    for (std::size_t i = 0; i < count; ++i) {
        issuer.run(all.first(16));
        card.set_key(key);
        card.run(all.first(16));
        session.set_key(key);
        session_left.set_key(twice_left);
        session_left.run(all.first(40));
        session.run(all.last(8));
        session_left.run(all.first(8));
        session.run(all.last(8));
    }
}

/// One block deciphered, one enciphered.
void bare_translate(std::size_t count) {
    BareCipher decipher("DES-EDE-ECB", false), encipher("DES-EDE-ECB", true);
    decipher.set_key(key);
    encipher.set_key(twice_left);
    std::array<std::uint8_t, 8> block{};
    for (std::size_t i = 0; i < count; ++i) {
        decipher.run(block);
        encipher.run(block);
    }
}

}  // namespace takas::bench
