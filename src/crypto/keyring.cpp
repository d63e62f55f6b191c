// The ring itself: which key for what, rotation, sealing and fingerprints. The text form is in keyring_text.cpp.
#include "crypto/keyring.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/encoding.hpp"
#include "crypto/aead.hpp"
#include "crypto/digest.hpp"
#include "crypto/openssl_handles.hpp"
#include "crypto/random.hpp"

namespace takas::crypto {
namespace {

constexpr std::size_t fingerprint_bytes = 8;

}  // namespace

std::string key_fingerprint(const SecretBytes& key) {
    const Sha256 keyed = hmac_sha256(key.reveal(), bytes_of("takas key fingerprint 1"));
    return hex_encode(ByteView(sha256(keyed)).first(fingerprint_bytes));
}

Keyring Keyring::generate(Instant now) {
    Keyring ring;
    for (const EnumName& row : EnumNames<KeyPurpose>::values) ring.rotate(static_cast<KeyPurpose>(row.value), now);
    return ring;
}

const DataKey& Keyring::active(KeyPurpose purpose) const {
    const auto key = std::ranges::find_if(
        keys_, [&](const DataKey& k) { return k.purpose == purpose && k.state == KeyState::active; });
    if (key == keys_.end()) stop_on_broken_crypto("a keyring without an active key");
    return *key;
}

const DataKey* Keyring::find(std::uint32_t id) const {
    const auto key = std::ranges::find(keys_, id, &DataKey::id);
    return key == keys_.end() ? nullptr : &*key;
}

std::uint32_t Keyring::rotate(KeyPurpose purpose, Instant now) {
    for (DataKey& key : keys_)
        if (key.purpose == purpose) key.state = KeyState::decrypt_only;
    const std::uint32_t id = keys_.empty() ? 1 : keys_.back().id + 1;
    keys_.push_back(
        {id, purpose, KeyState::active, Instant::from_seconds(now.seconds()), random_secret(data_key_bytes)});
    return id;
}

Result<Bytes> Keyring::seal(KeyPurpose purpose, ByteView plaintext, ByteView associated) const {
    const DataKey& key = active(purpose);
    return crypto::seal(key.id, key.bytes, plaintext, associated);
}

Result<SecretBytes> Keyring::open(KeyPurpose purpose, ByteView sealed, ByteView associated) const {
    const auto id = sealed_key_id(sealed);
    if (!id) return std::unexpected(id.error());
    const DataKey* key = find(*id);
    if (key == nullptr || key->purpose != purpose)
        return fail(ErrorCode::internal, fmt::format("open: the keyring has no {} key {}", to_name(purpose), *id));
    return crypto::open(key->bytes, sealed, associated);
}

std::string Keyring::fingerprints() const {
    std::string out;
    for (const DataKey& key : keys_)
        out += fmt::format("{}{}:{}", out.empty() ? "" : " ", key.id, key_fingerprint(key.bytes));
    return out;
}

Result<void> Keyring::check_fingerprints(std::string_view pinned) const {
    const std::string here = " " + fingerprints() + " ";
    while (!pinned.empty()) {
        const std::string_view pin = pinned.substr(0, pinned.find(' '));
        pinned.remove_prefix(std::min(pin.size() + 1, pinned.size()));
        if (!here.contains(fmt::format(" {} ", pin)))
            return fail(ErrorCode::internal, fmt::format("the keyring lacks key {}, which this database uses", pin));
    }
    return {};
}

}  // namespace takas::crypto
