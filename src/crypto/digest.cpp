// Digests over OpenSSL EVP.
#include "crypto/digest.hpp"

#include <openssl/core_names.h>
#include <openssl/params.h>

#include "crypto/openssl_handles.hpp"

namespace takas::crypto {
namespace {

MacContext new_hmac_sha256() {
    static const MacHandle hmac = must(MacHandle(EVP_MAC_fetch(nullptr, "HMAC", nullptr)), "HMAC");
    MacContext context = must(MacContext(EVP_MAC_CTX_new(hmac.get())), "HMAC context");
    char digest_name[] = "SHA256";
    const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest_name, 0),
                                 OSSL_PARAM_construct_end()};
    must(EVP_MAC_CTX_set_params(context.get(), params), "HMAC-SHA-256");
    return context;
}

const EVP_MD* sha256_algorithm() {
    static const DigestHandle algorithm = must(DigestHandle(EVP_MD_fetch(nullptr, "SHA256", nullptr)), "SHA-256");
    return algorithm.get();
}

}  // namespace

struct Sha256Stream::Context {
    DigestContext digest = must(DigestContext(EVP_MD_CTX_new()), "digest context");
};

Sha256Stream::Sha256Stream() : context_(std::make_unique<Context>()) {
    must(EVP_DigestInit_ex2(context_->digest.get(), sha256_algorithm(), nullptr), "SHA-256 start");
}
Sha256Stream::~Sha256Stream() = default;
Sha256Stream::Sha256Stream(Sha256Stream&&) noexcept = default;
Sha256Stream& Sha256Stream::operator=(Sha256Stream&&) noexcept = default;

void Sha256Stream::add(ByteView piece) {
    must(EVP_DigestUpdate(context_->digest.get(), piece.data(), piece.size()), "SHA-256");
}

Sha256 Sha256Stream::finish() {
    Sha256 out;
    must(EVP_DigestFinal_ex(context_->digest.get(), out.data(), nullptr), "SHA-256 end");
    return out;
}

Sha256 sha256(ByteView data) {
    thread_local const DigestContext context = must(DigestContext(EVP_MD_CTX_new()), "digest context");
    Sha256 out;
    must(EVP_DigestInit_ex2(context.get(), sha256_algorithm(), nullptr), "SHA-256 start");
    must(EVP_DigestUpdate(context.get(), data.data(), data.size()), "SHA-256");
    must(EVP_DigestFinal_ex(context.get(), out.data(), nullptr), "SHA-256 end");
    return out;
}

Sha256 hmac_sha256(ByteView key, ByteView data) {
    thread_local const MacContext context = new_hmac_sha256();
    // A null key would mean "the previous key" to OpenSSL; an empty key must not.
    static constexpr std::uint8_t empty_key = 0;
    Sha256 out;
    std::size_t size = 0;
    must(EVP_MAC_init(context.get(), key.empty() ? &empty_key : key.data(), key.size(), nullptr), "HMAC start");
    must(EVP_MAC_update(context.get(), data.data(), data.size()), "HMAC");
    must(EVP_MAC_final(context.get(), out.data(), &size, out.size()), "HMAC end");
    return out;
}

}  // namespace takas::crypto
