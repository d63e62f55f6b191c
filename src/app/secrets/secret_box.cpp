#include "app/secrets/secret_box.hpp"

#include <charconv>

#include "base/bytes.hpp"
#include "base/encoding.hpp"
#include "crypto/aead.hpp"
#include "crypto/digest.hpp"

namespace takas::app::secrets {
namespace {

/// Under a key derived from the data key, which itself serves another purpose.
std::string mac_of(const crypto::DataKey& key, std::string_view use, std::initializer_list<std::string_view> parts) {
    crypto::Sha256 derived = crypto::hmac_sha256(key.bytes.reveal(), bytes_of(use));
    const crypto::SecretBytes mac_key{ByteView(derived)};
    crypto::wipe(derived);
    return hex_encode(crypto::hmac_sha256(mac_key.reveal(), crypto::associated_data(parts)));
}

std::string proof_by(const crypto::DataKey& key, std::initializer_list<std::string_view> said) {
    return std::to_string(key.id) + '.' + mac_of(key, "takas proof 1", said);
}

}  // namespace

Result<Blob> SecretBox::seal(std::string_view plaintext, std::initializer_list<std::string_view> place) const {
    auto sealed =
        keyring_.seal(crypto::KeyPurpose::secret_encryption, bytes_of(plaintext), crypto::associated_data(place));
    if (!sealed) return std::unexpected(std::move(sealed.error()));
    return Blob{std::string(text_of(*sealed))};
}

Result<crypto::SecretBytes> SecretBox::open(const Blob& sealed, std::initializer_list<std::string_view> place) const {
    return keyring_.open(crypto::KeyPurpose::secret_encryption, bytes_of(sealed.bytes), crypto::associated_data(place));
}

std::string SecretBox::prove(std::initializer_list<std::string_view> said) const {
    return proof_by(keyring_.active(crypto::KeyPurpose::secret_encryption), said);
}

bool SecretBox::is_proof(std::string_view proof, std::initializer_list<std::string_view> said) const {
    std::uint32_t id = 0;
    const auto [end, error] = std::from_chars(proof.data(), proof.data() + proof.size(), id);
    if (error != std::errc{} || end == proof.data() + proof.size() || *end != '.') return false;
    const auto* key = keyring_.find(id);
    return key && key->purpose == crypto::KeyPurpose::secret_encryption &&
           crypto::constant_time_equal(bytes_of(proof), bytes_of(proof_by(*key, said)));
}

std::string SecretBox::keyed_name(std::initializer_list<std::string_view> parts) const {
    // The look-up key is the one that is never rotated.
    return mac_of(keyring_.active(crypto::KeyPurpose::pan_lookup), "takas name 1", parts);
}

}  // namespace takas::app::secrets
