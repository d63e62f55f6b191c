// Which headers a subscriber may add to its webhook requests. Pure.
#pragma once

#include <string_view>

namespace takas::core::webhook {

inline constexpr std::size_t header_name_length_max = 64;
inline constexpr std::size_t header_value_length_max = 1024;  // a long access token still fits
inline constexpr std::size_t custom_header_count_max = 20;

/// A token of RFC 9110 of at most header_name_length_max characters.
bool is_header_name(std::string_view name);
/// Printable ASCII with inner spaces, at most header_value_length_max characters: no line can be broken out of.
bool is_header_value(std::string_view value);
/// Belongs to the connection, to the body or to the signature; never a subscriber's. Letter case does not count.
bool is_reserved_header(std::string_view name);

}  // namespace takas::core::webhook
