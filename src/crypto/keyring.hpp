// The data keys of one installation and their wrapped text form. A data key has an id that is never used twice, one
// purpose, and is active (one per purpose) or kept only to read what it once sealed. Knows no file and no environment:
// store/keys reads and writes the text.
//
// Text form, every line ended by '\n':
//   # comment lines
//   takas-keyring 1
//   kek <fingerprint of the key-encryption key>
//   key <id> <purpose> <state> <created at> <fingerprint> <key wrapped by RFC 5649, hex>     (one per key, by id)
//   mac <HMAC-SHA-256 over all octets before this line, under a key derived from the key-encryption key, hex>
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/describe.hpp"
#include "base/error.hpp"
#include "base/time.hpp"
#include "crypto/secret.hpp"

namespace takas::crypto {

enum class KeyPurpose : std::uint8_t {
    pan_encryption,     ///< AES-256-GCM over card numbers
    pan_lookup,         ///< HMAC-SHA-256 of card numbers, for finding and for uniqueness
    token_signing,      ///< Ed25519 seed of access tokens
    secret_encryption,  ///< AES-256-GCM over other secrets at rest (webhook secrets ...)
};

enum class KeyState : std::uint8_t {
    active,        ///< new values use it
    decrypt_only,  ///< only what it made is read (or verified) with it
};

/// Every data key, whatever its purpose, and every key-encryption key.
inline constexpr std::size_t data_key_bytes = 32;

/// The first 8 octets of SHA-256 over an HMAC of a fixed text under the key, as 16 hex digits: tells keys apart and
/// reveals nothing of a random key.
std::string key_fingerprint(const SecretBytes& key);

struct DataKey {
    std::uint32_t id = 0;
    KeyPurpose purpose{};
    KeyState state = KeyState::active;
    Instant created_at;  ///< whole seconds
    SecretBytes bytes;
};

class Keyring {
  public:
    /// One fresh active key for each purpose.
    static Keyring generate(Instant now);

    /// ErrorCode::internal with a clear detail: another key-encryption key, a changed file, a newer form.
    static Result<Keyring> from_text(std::string_view text, const SecretBytes& kek);

    /// `kek` of 32 octets.
    Result<std::string> to_text(const SecretBytes& kek) const;

    /// The key that new values of this purpose use. References and pointers live until the ring changes.
    const DataKey& active(KeyPurpose purpose) const;
    /// Any key by id; nullptr when the ring has no such key.
    const DataKey* find(std::uint32_t id) const;
    /// By id, oldest first.
    std::span<const DataKey> keys() const { return keys_; }

    /// Adds a fresh active key; the one before becomes decrypt_only. Returns the new id.
    std::uint32_t rotate(KeyPurpose purpose, Instant now);

    /// crypto::seal under the active key of the purpose, which must be an encryption purpose.
    Result<Bytes> seal(KeyPurpose purpose, ByteView plaintext, ByteView associated) const;
    /// crypto::open with the key named in the sealed form, if that key has this purpose.
    Result<SecretBytes> open(KeyPurpose purpose, ByteView sealed, ByteView associated) const;

    /// "1:0123456789abcdef 2:..." for all keys: what the database pins, so that it is never opened with other keys.
    std::string fingerprints() const;
    /// Every pinned key must be here unchanged; newer keys may have come. ErrorCode::internal names the missing key.
    Result<void> check_fingerprints(std::string_view pinned) const;

  private:
    /// Exactly one active key for each purpose, ids rising: nothing when it holds.
    Result<void> check_invariants() const;
    std::vector<DataKey> keys_;
};

}  // namespace takas::crypto

namespace takas {

template <>
struct EnumNames<crypto::KeyPurpose> {
    static constexpr std::string_view name = "KeyPurpose";
    static constexpr std::array values{
        EnumName{static_cast<std::int64_t>(crypto::KeyPurpose::pan_encryption), "pan_encryption"},
        EnumName{static_cast<std::int64_t>(crypto::KeyPurpose::pan_lookup), "pan_lookup"},
        EnumName{static_cast<std::int64_t>(crypto::KeyPurpose::token_signing), "token_signing"},
        EnumName{static_cast<std::int64_t>(crypto::KeyPurpose::secret_encryption), "secret_encryption"},
    };
};

template <>
struct EnumNames<crypto::KeyState> {
    static constexpr std::string_view name = "KeyState";
    static constexpr std::array values{
        EnumName{static_cast<std::int64_t>(crypto::KeyState::active), "active"},
        EnumName{static_cast<std::int64_t>(crypto::KeyState::decrypt_only), "decrypt_only"},
    };
};

}  // namespace takas
