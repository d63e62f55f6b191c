// Octets as text: hexadecimal, base64 and base64url (RFC 4648). Decoding is strict: one octet string has exactly one
// accepted text per alphabet (hex: either letter case), so that signed or hashed texts cannot be re-spelled.
// Not constant time: never used on key material that an attacker could time.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace takas {

/// Two lower-case digits per octet.
std::string hex_encode(ByteView bytes);
/// An even number of digits in either case; nothing else is accepted, no spaces and no prefix.
std::optional<Bytes> hex_decode(std::string_view text);

/// RFC 4648 section 4, with padding.
std::string base64_encode(ByteView bytes);
/// Padding is required and the unused bits of the last digit must be zero.
std::optional<Bytes> base64_decode(std::string_view text);

/// RFC 4648 section 5, without padding, as in JOSE (RFC 7515 section 2).
std::string base64url_encode(ByteView bytes);
/// Padding is refused and the unused bits of the last digit must be zero.
std::optional<Bytes> base64url_decode(std::string_view text);

}  // namespace takas
