// Pictures on cards: which kind a file is, told by its first octets and never by its name, and how large the picture
// is. PNG (ISO/IEC 15948) and JPEG (ISO/IEC 10918-1); pixels are not decoded.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.hpp"

namespace takas::core::product {

/// An ID-1 card at 300 dots per inch takes 1012 by 638 pixels: that fits with room.
inline constexpr std::size_t image_bytes_max = 256 * 1024;
inline constexpr std::int64_t image_pixels_max = 4096;  ///< of either edge

struct ImageKind {
    std::string_view media_type;  ///< "image/png", "image/jpeg"
    std::int64_t width_pixels = 0, height_pixels = 0;
};

/// Nothing when it is neither, is cut off, or has no sensible size.
std::optional<ImageKind> image_kind_of(ByteView content);

}  // namespace takas::core::product
