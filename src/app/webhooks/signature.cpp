#include "app/webhooks/signature.hpp"

#include "base/encoding.hpp"
#include "crypto/digest.hpp"
#include "crypto/secret.hpp"

namespace takas::app::webhooks {
namespace {

constexpr std::string_view secret_prefix = "whsec_";
constexpr std::size_t key_bytes_min = 24;
constexpr std::size_t key_bytes_max = 64;

std::string joined(std::initializer_list<std::string_view> parts) {
    std::string out;
    for (const std::string_view part : parts) {
        if (!out.empty()) out += '.';
        out += part;
    }
    return out;
}

}  // namespace

std::optional<std::string> standard_signature(std::string_view secret, std::string_view id, std::string_view timestamp,
                                              std::string_view body) {
    if (!secret.starts_with(secret_prefix)) return std::nullopt;
    auto key = base64_decode(secret.substr(secret_prefix.size()));
    if (!key) return std::nullopt;
    const crypto::SecretBytes owned{ByteView(*key)};
    crypto::wipe(*key);
    if (owned.size() < key_bytes_min || owned.size() > key_bytes_max) return std::nullopt;
    return "v1," + base64_encode(crypto::hmac_sha256(owned.reveal(), bytes_of(joined({id, timestamp, body}))));
}

std::string standard_signature(const crypto::SigningKey& key, std::string_view id, std::string_view timestamp,
                               std::string_view body) {
    return "v1a," + base64_encode(key.sign(bytes_of(joined({id, timestamp, body}))));
}

std::string standard_public_key(const crypto::SigningKey& key) { return "whpk_" + base64_encode(key.public_key()); }

std::string contract_signature(std::string_view secret, std::string_view timestamp, std::string_view body) {
    return "sha256=" + hex_encode(crypto::hmac_sha256(bytes_of(secret), bytes_of(joined({timestamp, body}))));
}

}  // namespace takas::app::webhooks
