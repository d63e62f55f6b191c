// RSA-OAEP over OpenSSL EVP. Rare (key exchange), so nothing is kept.
#include "crypto/rsa_transport.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "crypto/openssl_handles.hpp"

namespace takas::crypto {
namespace {

constexpr unsigned long exponent_min = 65'537;

PkeyHandle private_key_from(const SecretBytes& der) {
    const std::uint8_t* at = der.reveal().data();
    return PkeyHandle(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(der.size())));
}

/// Null when it is no public key, or when anything stands behind it.
PkeyHandle public_key_from(ByteView spki) {
    if (spki.empty() || spki.size() > rsa_spki_max_bytes) return nullptr;
    const std::uint8_t* at = spki.data();
    PkeyHandle key(d2i_PUBKEY(nullptr, &at, static_cast<long>(spki.size())));
    if (key && at != spki.data() + spki.size()) return nullptr;
    return key;
}

BignumHandle part_of(EVP_PKEY* key, const char* name) {
    BIGNUM* number = nullptr;
    EVP_PKEY_get_bn_param(key, name, &number);
    return BignumHandle(number);
}

bool has_fit_numbers(EVP_PKEY* key) {
    const BignumHandle modulus = part_of(key, OSSL_PKEY_PARAM_RSA_N), exponent = part_of(key, OSSL_PKEY_PARAM_RSA_E);
    if (!modulus || !exponent || BN_is_odd(modulus.get()) != 1) return false;
    const BignumHandle least = must(BignumHandle(BN_new()), "bignum");
    must(BN_set_word(least.get(), exponent_min), "bignum");
    return BN_is_odd(exponent.get()) == 1 && BN_cmp(exponent.get(), least.get()) >= 0;
}

bool is_fit(EVP_PKEY* key) {
    if (key == nullptr || EVP_PKEY_is_a(key, "RSA") != 1) return false;
    const int bits = EVP_PKEY_get_bits(key);
    return bits >= static_cast<int>(rsa_min_bits) && bits <= static_cast<int>(rsa_max_bits) && has_fit_numbers(key);
}

bool set_oaep(EVP_PKEY_CTX* context) {
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) > 0 &&
           EVP_PKEY_CTX_set_rsa_oaep_md(context, EVP_sha256()) > 0 &&
           EVP_PKEY_CTX_set_rsa_mgf1_md(context, EVP_sha256()) > 0;
}

PkeyContext context_for(EVP_PKEY* key) {
    return must(PkeyContext(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr)), "RSA");
}

}  // namespace

Result<SecretBytes> make_rsa_key(std::size_t bits) {
    if (bits < rsa_min_bits || bits > rsa_max_bits) return fail(ErrorCode::internal, "RSA: no such key length");
    const PkeyHandle key = must(PkeyHandle(EVP_RSA_gen(static_cast<unsigned>(bits))), "RSA key");
    const auto* info = must(EVP_PKEY2PKCS8(key.get()), "PKCS #8");
    const std::unique_ptr<const PKCS8_PRIV_KEY_INFO, void (*)(const PKCS8_PRIV_KEY_INFO*)> owner(
        info, [](const PKCS8_PRIV_KEY_INFO* p) { PKCS8_PRIV_KEY_INFO_free(const_cast<PKCS8_PRIV_KEY_INFO*>(p)); });
    std::uint8_t* der = nullptr;
    const int size = i2d_PKCS8_PRIV_KEY_INFO(info, &der);
    if (size <= 0) stop_on_broken_crypto("PKCS #8");
    SecretBytes out(ByteView(der, static_cast<std::size_t>(size)));
    OPENSSL_clear_free(der, static_cast<std::size_t>(size));
    return out;
}

Result<Bytes> rsa_public_key(const SecretBytes& private_key) {
    const PkeyHandle key = private_key_from(private_key);
    if (!is_fit(key.get())) return fail(ErrorCode::internal, "RSA: not a private key");
    std::uint8_t* der = nullptr;
    const int size = i2d_PUBKEY(key.get(), &der);
    if (size <= 0) stop_on_broken_crypto("SubjectPublicKeyInfo");
    Bytes out(der, der + size);
    OPENSSL_free(der);
    return out;
}

Result<std::size_t> check_rsa_public_key(ByteView spki) {
    const PkeyHandle key = public_key_from(spki);
    if (!is_fit(key.get())) {
        ERR_clear_error();
        return fail(ErrorCode::hsm_public_key_refused, "not an RSA public key of 2048 to 4096 bits");
    }
    return static_cast<std::size_t>(EVP_PKEY_get_bits(key.get()));
}

Result<Bytes> rsa_oaep_encrypt(ByteView spki, ByteView secret) {
    if (auto fits = check_rsa_public_key(spki); !fits) return std::unexpected(std::move(fits.error()));
    const PkeyHandle key = public_key_from(spki);
    const PkeyContext context = context_for(key.get());
    std::size_t size = static_cast<std::size_t>(EVP_PKEY_get_size(key.get()));
    Bytes encrypted(size);
    if (EVP_PKEY_encrypt_init(context.get()) != 1 || !set_oaep(context.get()) ||
        EVP_PKEY_encrypt(context.get(), encrypted.data(), &size, secret.data(), secret.size()) != 1) {
        ERR_clear_error();
        return fail(ErrorCode::internal, "RSA-OAEP: the secret does not fit under the key");
    }
    encrypted.resize(size);
    return encrypted;
}

Result<SecretBytes> rsa_oaep_decrypt(const SecretBytes& private_key, ByteView encrypted) {
    const PkeyHandle key = private_key_from(private_key);
    if (!is_fit(key.get())) return fail(ErrorCode::internal, "RSA: not a private key");
    const PkeyContext context = context_for(key.get());
    std::size_t size = static_cast<std::size_t>(EVP_PKEY_get_size(key.get()));
    SecretBytes secret(size);
    if (encrypted.size() != size || EVP_PKEY_decrypt_init(context.get()) != 1 || !set_oaep(context.get()) ||
        EVP_PKEY_decrypt(context.get(), secret.writable().data(), &size, encrypted.data(), encrypted.size()) != 1) {
        ERR_clear_error();
        return fail(ErrorCode::hsm_data_invalid, "RSA-OAEP: it does not open");
    }
    secret.shrink(size);
    return secret;
}

}  // namespace takas::crypto
