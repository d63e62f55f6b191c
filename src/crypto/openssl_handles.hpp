// What every file that calls OpenSSL needs: owners for its handles and one way to stop when the library itself breaks.
// Included by this room's .cpp files only, so that no OpenSSL type leaves the room.
#pragma once

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <memory>
#include <string_view>

namespace takas::crypto {

template <auto Free>
struct FreeWith {
    void operator()(auto* handle) const { Free(handle); }
};

using BignumHandle = std::unique_ptr<BIGNUM, FreeWith<BN_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, FreeWith<EVP_CIPHER_CTX_free>>;
using CipherHandle = std::unique_ptr<EVP_CIPHER, FreeWith<EVP_CIPHER_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, FreeWith<EVP_MD_CTX_free>>;
using DigestHandle = std::unique_ptr<EVP_MD, FreeWith<EVP_MD_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, FreeWith<ECDSA_SIG_free>>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, FreeWith<EVP_MAC_CTX_free>>;
using MacHandle = std::unique_ptr<EVP_MAC, FreeWith<EVP_MAC_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, FreeWith<OSSL_PARAM_BLD_free>>;
using ParamList = std::unique_ptr<OSSL_PARAM, FreeWith<OSSL_PARAM_free>>;
using PkeyContext = std::unique_ptr<EVP_PKEY_CTX, FreeWith<EVP_PKEY_CTX_free>>;
using PkeyHandle = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;

/// Says what broke and stops the process. For failures that no input can cause: an algorithm that is not there, no
/// memory, no randomness. Going on would mean going on without the protection that was asked for.
[[noreturn]] void stop_on_broken_crypto(std::string_view what);

/// For OpenSSL calls that answer 1 on success and cannot fail on any input.
inline void must(int openssl_result, std::string_view what) {
    if (openssl_result != 1) stop_on_broken_crypto(what);
}

template <class Handle>
Handle must(Handle handle, std::string_view what) {
    if (!handle) stop_on_broken_crypto(what);
    return handle;
}

}  // namespace takas::crypto
