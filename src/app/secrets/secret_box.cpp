#include "app/secrets/secret_box.hpp"

#include "base/bytes.hpp"
#include "crypto/aead.hpp"

namespace takas::app::secrets {

Result<Blob> SecretBox::seal(std::string_view plaintext, std::initializer_list<std::string_view> place) const {
    auto sealed =
        keyring_.seal(crypto::KeyPurpose::secret_encryption, bytes_of(plaintext), crypto::associated_data(place));
    if (!sealed) return std::unexpected(std::move(sealed.error()));
    return Blob{std::string(text_of(*sealed))};
}

Result<crypto::SecretBytes> SecretBox::open(const Blob& sealed, std::initializer_list<std::string_view> place) const {
    return keyring_.open(crypto::KeyPurpose::secret_encryption, bytes_of(sealed.bytes), crypto::associated_data(place));
}

}  // namespace takas::app::secrets
