// Signatures over OpenSSL EVP.
#include "crypto/signature.hpp"

#include <fmt/format.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/rsa.h>

#include <utility>

#include "base/encoding.hpp"
#include "crypto/digest.hpp"
#include "crypto/openssl_handles.hpp"
#include "crypto/random.hpp"
#include "protocol/json/codec.hpp"

namespace takas::crypto {
namespace {

constexpr std::size_t ed25519_key_bytes = 32;
constexpr std::size_t p256_coordinate_bytes = 32;
constexpr std::size_t pair_signature_bytes = 64;
constexpr std::size_t min_rsa_bytes = 256;
constexpr std::size_t max_rsa_bytes = 512;

BignumHandle bignum(ByteView big_endian) {
    return must(BignumHandle(BN_bin2bn(big_endian.data(), static_cast<int>(big_endian.size()), nullptr)), "bignum");
}

/// Builds a public key from named parameters; null when they are no key.
PkeyHandle public_key(const char* type, const ParamBuilder& builder) {
    const ParamList params = must(ParamList(OSSL_PARAM_BLD_to_param(builder.get())), "key parameters");
    const PkeyContext context = must(PkeyContext(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr)), type);
    must(EVP_PKEY_fromdata_init(context.get()), type);
    EVP_PKEY* key = nullptr;
    if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) return nullptr;
    return PkeyHandle(key);
}

/// JOSE's fixed r and s (RFC 7518 section 3.4) as the DER that OpenSSL wants.
Bytes der_of(ByteView pair) {
    const EcdsaSignature signature = must(EcdsaSignature(ECDSA_SIG_new()), "ECDSA signature");
    BignumHandle r = bignum(pair.first(p256_coordinate_bytes));
    BignumHandle s = bignum(pair.last(p256_coordinate_bytes));
    must(ECDSA_SIG_set0(signature.get(), r.release(), s.release()), "ECDSA signature");
    const int size = i2d_ECDSA_SIG(signature.get(), nullptr);
    Bytes der(static_cast<std::size_t>(size));
    std::uint8_t* out = der.data();
    i2d_ECDSA_SIG(signature.get(), &out);
    return der;
}

bool digest_verify(EVP_PKEY* key, const char* digest, ByteView message, ByteView signature) {
    const DigestContext context = must(DigestContext(EVP_MD_CTX_new()), "digest context");
    if (EVP_DigestVerifyInit_ex(context.get(), nullptr, digest, nullptr, nullptr, key, nullptr) != 1) return false;
    return EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
}

std::string ed25519_members(ByteView key) {
    return fmt::format(R"("crv":"Ed25519","kty":"OKP","x":"{}")", base64url_encode(key));
}

}  // namespace

std::string_view jose_name(SignatureAlgorithm algorithm) {
    switch (algorithm) {
        case SignatureAlgorithm::eddsa:
            return "EdDSA";
        case SignatureAlgorithm::es256:
            return "ES256";
        case SignatureAlgorithm::rs256:
            return "RS256";
    }
    std::unreachable();
}

struct VerificationKey::Handle {
    PkeyHandle key;
};

VerificationKey::VerificationKey(std::string key_id, SignatureAlgorithm algorithm, std::string jwk_members,
                                 std::unique_ptr<Handle> handle)
    : key_id_(std::move(key_id)), algorithm_(algorithm), handle_(std::move(handle)) {
    jwk_ = "{" + std::move(jwk_members) + R"(,"kid":)";
    protocol::json::append_json_string(jwk_, key_id_);
    jwk_ += fmt::format(R"(,"alg":"{}","use":"sig"}})", jose_name(algorithm_));
}
VerificationKey::VerificationKey(VerificationKey&&) noexcept = default;
VerificationKey& VerificationKey::operator=(VerificationKey&&) noexcept = default;
VerificationKey::~VerificationKey() = default;

Result<VerificationKey> VerificationKey::ed25519(std::string key_id, ByteView public_key) {
    if (public_key.size() != ed25519_key_bytes) return fail(ErrorCode::internal, "an Ed25519 key has 32 octets");
    PkeyHandle key(EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, public_key.data(), public_key.size()));
    if (!key) return fail(ErrorCode::internal, "not an Ed25519 public key");
    return VerificationKey(std::move(key_id), SignatureAlgorithm::eddsa, ed25519_members(public_key),
                           std::make_unique<Handle>(std::move(key)));
}

Result<VerificationKey> VerificationKey::p256(std::string key_id, ByteView x, ByteView y) {
    if (x.size() != p256_coordinate_bytes || y.size() != p256_coordinate_bytes)
        return fail(ErrorCode::internal, "P-256 coordinates have 32 octets");
    Bytes point{0x04};  // SEC 1: uncompressed
    point.insert(point.end(), x.begin(), x.end());
    point.insert(point.end(), y.begin(), y.end());
    const ParamBuilder builder = must(ParamBuilder(OSSL_PARAM_BLD_new()), "key parameters");
    must(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0), "P-256");
    must(OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()), "P-256");
    PkeyHandle key = crypto::public_key("EC", builder);
    if (!key) return fail(ErrorCode::internal, "not a point on P-256");
    return VerificationKey(
        std::move(key_id), SignatureAlgorithm::es256,
        fmt::format(R"("crv":"P-256","kty":"EC","x":"{}","y":"{}")", base64url_encode(x), base64url_encode(y)),
        std::make_unique<Handle>(std::move(key)));
}

Result<VerificationKey> VerificationKey::rsa(std::string key_id, ByteView modulus, ByteView exponent) {
    // RFC 8725 section 3.5 and RFC 7518 section 3.3: at least 2048 bits; the upper bounds keep verification cheap.
    if (modulus.size() < min_rsa_bytes || modulus.size() > max_rsa_bytes || (modulus.front() & 0x80) == 0 ||
        exponent.empty() || exponent.size() > 4) {
        return fail(ErrorCode::internal, "an RSA key must have 2048 to 4096 bits");
    }
    const BignumHandle n = bignum(modulus);
    const BignumHandle e = bignum(exponent);
    const ParamBuilder builder = must(ParamBuilder(OSSL_PARAM_BLD_new()), "key parameters");
    must(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()), "RSA modulus");
    must(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()), "RSA exponent");
    PkeyHandle key = crypto::public_key("RSA", builder);
    if (!key) return fail(ErrorCode::internal, "not an RSA public key");
    return VerificationKey(
        std::move(key_id), SignatureAlgorithm::rs256,
        fmt::format(R"("e":"{}","kty":"RSA","n":"{}")", base64url_encode(exponent), base64url_encode(modulus)),
        std::make_unique<Handle>(std::move(key)));
}

bool VerificationKey::verify(ByteView message, ByteView signature) const {
    EVP_PKEY* key = handle_->key.get();
    switch (algorithm_) {
        case SignatureAlgorithm::eddsa:
            return signature.size() == pair_signature_bytes && digest_verify(key, nullptr, message, signature);
        case SignatureAlgorithm::es256:
            return signature.size() == pair_signature_bytes && digest_verify(key, "SHA256", message, der_of(signature));
        case SignatureAlgorithm::rs256:
            return digest_verify(key, "SHA256", message, signature);
    }
    std::unreachable();
}

struct SigningKey::Handle {
    PkeyHandle key;
};

SigningKey::SigningKey(SecretBytes seed) : seed_(std::move(seed)), handle_(std::make_unique<Handle>()) {
    const ByteView octets = seed_.reveal();
    handle_->key =
        must(PkeyHandle(EVP_PKEY_new_raw_private_key_ex(nullptr, "ED25519", nullptr, octets.data(), octets.size())),
             "Ed25519 key");
    std::size_t size = public_key_.size();
    must(EVP_PKEY_get_raw_public_key(handle_->key.get(), public_key_.data(), &size), "Ed25519 public key");
    key_id_ = base64url_encode(sha256(bytes_of("{" + ed25519_members(public_key_) + "}")));
}
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;
SigningKey::~SigningKey() = default;

Result<SigningKey> SigningKey::from_seed(const SecretBytes& seed) {
    if (seed.size() != seed_bytes) return fail(ErrorCode::internal, "an Ed25519 seed has 32 octets");
    return SigningKey(seed.clone());
}

SigningKey SigningKey::generate() { return SigningKey(random_secret(seed_bytes)); }

SigningKey::Signature SigningKey::sign(ByteView message) const {
    const DigestContext context = must(DigestContext(EVP_MD_CTX_new()), "digest context");
    must(EVP_DigestSignInit_ex(context.get(), nullptr, nullptr, nullptr, nullptr, handle_->key.get(), nullptr),
         "Ed25519 start");
    Signature signature;
    std::size_t size = signature.size();
    must(EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()), "Ed25519 signature");
    return signature;
}

VerificationKey SigningKey::verification_key() const {
    auto key = VerificationKey::ed25519(key_id_, public_key_);
    if (!key) stop_on_broken_crypto("Ed25519 public key");
    return std::move(*key);
}

std::string jwks_document(std::span<const VerificationKey> keys) {
    std::string out = R"({"keys":[)";
    for (const VerificationKey& key : keys) {
        if (&key != keys.data()) out.push_back(',');
        out += key.jwk();
    }
    return out + "]}";
}

}  // namespace takas::crypto
