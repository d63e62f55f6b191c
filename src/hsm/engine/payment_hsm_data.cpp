// Data under an exchanged data key, and MACs.
#include <algorithm>
#include <array>

#include "crypto/data_cipher.hpp"
#include "crypto/payment/cipher.hpp"
#include "crypto/payment/mac.hpp"
#include "crypto/random.hpp"
#include "hsm/engine/faults.hpp"
#include "hsm/engine/payment_hsm.hpp"

namespace takas::hsm {

using crypto::SecretBytes;
using crypto::payment::CipherKey;
using ports::DataCipher;
using ports::MacAlgorithm;
using ports::MacForm;
namespace payment = crypto::payment;

namespace {

/// Card numbers, CVV2, fields of messages: more is a mistake.
constexpr std::size_t data_max_bytes = 64 * 1024;
constexpr std::size_t mac_bytes_min = 4;

CipherKey cipher_key(const PaymentKey& record, ByteView clear) {
    return core::key::is_tdea(record.algorithm) ? *CipherKey::tdes(clear) : *CipherKey::aes(clear);
}

/// PKCS #7: initialisation vector || ciphertext.
Bytes cbc_pkcs7_encrypt(CipherKey key, ByteView plaintext) {
    const std::size_t block = key.block_bytes();
    const std::size_t padding = block - plaintext.size() % block;
    SecretBytes padded(plaintext.size() + padding);
    std::ranges::copy(plaintext, padded.writable().begin());
    std::ranges::fill(padded.writable().subspan(plaintext.size()), static_cast<std::uint8_t>(padding));
    Bytes out(block + padded.size());
    const std::span<std::uint8_t> all(out);
    crypto::random_fill(all.first(block));
    payment::cbc_encrypt(key, all.first(block), padded.reveal(), all.subspan(block));
    return out;
}

/// One error for whatever is wrong: the padding is looked at as a whole.
Result<SecretBytes> cbc_pkcs7_decrypt(CipherKey key, ByteView encrypted) {
    const std::size_t block = key.block_bytes();
    if (encrypted.size() < 2 * block || encrypted.size() % block != 0)
        return fail(ErrorCode::hsm_data_invalid, "the length is not one of whole blocks");
    SecretBytes padded(encrypted.size() - block);
    payment::cbc_decrypt(key, encrypted.first(block), encrypted.subspan(block), padded.writable());
    const std::size_t padding = padded.reveal().back();
    unsigned wrong = padding == 0 || padding > block ? 1 : 0;
    const ByteView tail = padded.reveal().last(block);
    for (std::size_t i = 0; i < block; ++i)
        if (i < padding) wrong |= static_cast<unsigned>(tail[block - 1 - i] ^ padding);
    if (wrong != 0) return fail(ErrorCode::hsm_data_invalid, "it does not open");
    padded.shrink(padded.size() - padding);
    return padded;
}

}  // namespace

Result<Bytes> PaymentHsm::encrypt_data(const PaymentKey& dek, DataCipher cipher, ByteView plaintext,
                                       ByteView associated) {
    const auto key = open(Operation::encrypt_data, dek);
    if (!key) return std::unexpected(key.error());
    if (plaintext.size() > data_max_bytes || associated.size() > data_max_bytes)
        return fail(ErrorCode::hsm_data_invalid, "too much data");
    if (cipher == DataCipher::aes_gcm) {
        if (!core::key::is_aes(dek.algorithm)) return guard_.refuse(Operation::encrypt_data, dek, "GCM needs AES");
        return crypto::gcm_encrypt((*key)->reveal(), plaintext, associated);
    }
    if (!associated.empty()) return fail(ErrorCode::hsm_data_invalid, "CBC authenticates nothing");
    return cbc_pkcs7_encrypt(cipher_key(dek, (*key)->reveal()), plaintext);
}

Result<SecretBytes> PaymentHsm::decrypt_data(const PaymentKey& dek, DataCipher cipher, ByteView ciphertext,
                                             ByteView associated) {
    const auto key = open(Operation::decrypt_data, dek);
    if (!key) return std::unexpected(key.error());
    if (ciphertext.size() > data_max_bytes || associated.size() > data_max_bytes)
        return fail(ErrorCode::hsm_data_invalid, "too much data");
    if (cipher == DataCipher::aes_gcm) {
        if (!core::key::is_aes(dek.algorithm)) return guard_.refuse(Operation::decrypt_data, dek, "GCM needs AES");
        auto clear = crypto::gcm_decrypt((*key)->reveal(), ciphertext, associated);
        if (!clear) return fail(ErrorCode::hsm_data_invalid, std::move(clear.error().internal_detail));
        return clear;
    }
    if (!associated.empty()) return fail(ErrorCode::hsm_data_invalid, "CBC authenticates nothing");
    return cbc_pkcs7_decrypt(cipher_key(dek, (*key)->reveal()), ciphertext);
}

Result<Bytes> PaymentHsm::mac_of(const PaymentKey& mac_key, const MacForm& form, ByteView data, Operation operation) {
    const auto opened = open(operation, mac_key);
    if (!opened) return std::unexpected(opened.error());
    if (data.size() > data_max_bytes) return fail(ErrorCode::hsm_data_invalid, "too much data");
    const CipherKey key = cipher_key(mac_key, (*opened)->reveal());
    Bytes mac;
    if (form.algorithm == MacAlgorithm::cmac) {
        mac.resize(key.block_bytes());
        payment::cmac(key, data, mac);
    } else {
        if (!core::key::is_tdea(mac_key.algorithm)) return guard_.refuse(operation, mac_key, "this MAC needs TDEA");
        if (form.padding < 1 || form.padding > 3) return fail(ErrorCode::hsm_data_invalid, "no such padding");
        const auto padding = static_cast<payment::Padding>(form.padding);
        const auto value = form.algorithm == MacAlgorithm::iso9797_alg1
                               ? payment::cbc_mac(key, padding, data)
                               : payment::retail_mac((*opened)->reveal(), padding, data);
        if (!value) return refused(value.error());
        mac.assign(value->begin(), value->end());
    }
    if (form.mac_bytes < mac_bytes_min || form.mac_bytes > mac.size())
        return fail(ErrorCode::hsm_data_invalid, "no such MAC length");
    mac.resize(form.mac_bytes);
    return mac;
}

Result<Bytes> PaymentHsm::generate_mac(const PaymentKey& mac_key, const MacForm& form, ByteView data) {
    return mac_of(mac_key, form, data, Operation::generate_mac);
}

Result<bool> PaymentHsm::verify_mac(const PaymentKey& mac_key, const MacForm& form, ByteView data, ByteView mac) {
    const auto right = mac_of(mac_key, form, data, Operation::verify_mac);
    if (!right) return std::unexpected(right.error());
    return crypto::constant_time_equal(*right, mac);
}

}  // namespace takas::hsm
