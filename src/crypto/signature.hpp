// Asymmetric signatures: Ed25519 (RFC 8032) to sign, and Ed25519, ECDSA P-256 and RSA PKCS #1 v1.5 with SHA-256 to
// verify. Keys speak JOSE: each has one algorithm, a key id and a JWK form (RFC 7517, RFC 8037). Knows no token.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "crypto/secret.hpp"

namespace takas::crypto {

enum class SignatureAlgorithm : std::uint8_t { eddsa, es256, rs256 };

/// The JOSE name (RFC 7518 section 3.1, RFC 8037): "EdDSA", "ES256", "RS256".
std::string_view jose_name(SignatureAlgorithm algorithm);

/// A public key that checks signatures of exactly one algorithm.
class VerificationKey {
  public:
    VerificationKey(VerificationKey&&) noexcept;
    VerificationKey& operator=(VerificationKey&&) noexcept;
    ~VerificationKey();

    /// `public_key` of 32 octets. ErrorCode::internal when the octets are no key, here and below.
    static Result<VerificationKey> ed25519(std::string key_id, ByteView public_key);
    /// Affine coordinates of 32 octets each; the point must lie on the curve.
    static Result<VerificationKey> p256(std::string key_id, ByteView x, ByteView y);
    /// Modulus and exponent, big endian; 2048 to 4096 bits.
    static Result<VerificationKey> rsa(std::string key_id, ByteView modulus, ByteView exponent);

    const std::string& key_id() const { return key_id_; }
    SignatureAlgorithm algorithm() const { return algorithm_; }
    /// The JWK as JSON text, with kid, alg and use.
    const std::string& jwk() const { return jwk_; }
    /// `signature` in its JOSE form: 64 octets (R and S, or r and s), or the size of the RSA modulus.
    bool verify(ByteView message, ByteView signature) const;

  private:
    struct Handle;
    VerificationKey(std::string key_id, SignatureAlgorithm algorithm, std::string jwk_members,
                    std::unique_ptr<Handle> handle);
    std::string key_id_;
    SignatureAlgorithm algorithm_;
    std::string jwk_;
    std::unique_ptr<Handle> handle_;
};

/// An Ed25519 private key. Its key id is the JWK thumbprint of its public half (RFC 7638, RFC 8037 appendix A.3), so
/// the same seed has the same id everywhere.
class SigningKey {
  public:
    static constexpr std::size_t seed_bytes = 32;
    using Signature = std::array<std::uint8_t, 64>;

    SigningKey(SigningKey&&) noexcept;
    SigningKey& operator=(SigningKey&&) noexcept;
    ~SigningKey();

    /// ErrorCode::internal unless the seed has 32 octets; any 32 random octets are a seed.
    static Result<SigningKey> from_seed(const SecretBytes& seed);
    static SigningKey generate();

    const std::string& key_id() const { return key_id_; }
    const std::array<std::uint8_t, 32>& public_key() const { return public_key_; }
    /// The private half, for wrapping into the keyring.
    const SecretBytes& seed() const { return seed_; }
    Signature sign(ByteView message) const;
    VerificationKey verification_key() const;

  private:
    struct Handle;
    explicit SigningKey(SecretBytes seed);
    SecretBytes seed_;
    std::unique_ptr<Handle> handle_;
    std::array<std::uint8_t, 32> public_key_{};
    std::string key_id_;
};

/// A JWK Set as JSON text: what the token endpoint publishes.
std::string jwks_document(std::span<const VerificationKey> keys);

}  // namespace takas::crypto
