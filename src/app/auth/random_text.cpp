#include "app/auth/random_text.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "base/bytes.hpp"
#include "base/encoding.hpp"
#include "crypto/digest.hpp"

namespace takas::app::auth {
namespace {

using UuidBytes = std::array<std::uint8_t, 16>;

std::string uuid_text(UuidBytes bytes, std::uint8_t version) {
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0FU) | (unsigned{version} << 4U));
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3FU) | 0x80U);
    std::string text = hex_encode(bytes);
    for (const std::size_t at : {8UZ, 13UZ, 18UZ, 23UZ}) text.insert(at, 1, '-');
    return text;
}

}  // namespace

std::string random_uuid(ports::Random& random) {
    UuidBytes bytes{};
    random.fill(bytes);
    return uuid_text(bytes, 4);
}

std::string random_base64url(ports::Random& random, std::size_t bytes) {
    Bytes octets(bytes);
    random.fill(octets);
    return base64url_encode(octets);
}

std::string client_subject(std::string_view client_id) {
    const crypto::Sha256 digest = crypto::sha256(bytes_of(std::string("takas-api-client:").append(client_id)));
    UuidBytes bytes{};
    std::ranges::copy(std::span(digest).first<16>(), bytes.begin());
    return uuid_text(bytes, 8);
}

}  // namespace takas::app::auth
