#include "core/product/card_image.hpp"

#include <algorithm>
#include <array>

namespace takas::core::product {
namespace {

constexpr std::array<std::uint8_t, 16> png_begin{0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A,
                                                 0,    0,   0,   13,  'I',  'H',  'D',  'R'};
constexpr std::array<std::uint8_t, 12> png_end{0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xAE, 0x42, 0x60, 0x82};

std::int64_t big_endian(ByteView octets) {
    std::int64_t value = 0;
    for (const std::uint8_t octet : octets) value = value << 8 | octet;
    return value;
}

bool begins_with(ByteView content, ByteView begin) {
    return content.size() >= begin.size() && std::ranges::equal(content.first(begin.size()), begin);
}

bool ends_with(ByteView content, ByteView end) {
    return content.size() >= end.size() && std::ranges::equal(content.last(end.size()), end);
}

std::optional<ImageKind> sensible(ImageKind kind) {
    const auto fits = [](std::int64_t pixels) { return pixels >= 1 && pixels <= image_pixels_max; };
    return fits(kind.width_pixels) && fits(kind.height_pixels) ? std::optional(kind) : std::nullopt;
}

/// The header chunk comes first and holds the size.
std::optional<ImageKind> png(ByteView content) {
    constexpr std::size_t size_end = png_begin.size() + 8;
    if (content.size() < size_end || !ends_with(content, png_end)) return std::nullopt;
    return sensible({"image/png", big_endian(content.subspan(png_begin.size(), 4)),
                     big_endian(content.subspan(png_begin.size() + 4, 4))});
}

/// Markers of a frame header, SOF0 to SOF15; C4, C8 and CC are other tables.
bool is_frame_header(std::uint8_t marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/// Segments of "FF marker length ..." up to the frame header: precision, height, width.
std::optional<ImageKind> jpeg(ByteView content) {
    constexpr std::array<std::uint8_t, 2> end{0xFF, 0xD9};
    if (!ends_with(content, end)) return std::nullopt;
    for (std::size_t at = 2; at + 9 < content.size() && content[at] == 0xFF;) {
        const std::uint8_t marker = content[at + 1];
        const auto length = static_cast<std::size_t>(big_endian(content.subspan(at + 2, 2)));
        if (is_frame_header(marker))
            return sensible(
                {"image/jpeg", big_endian(content.subspan(at + 7, 2)), big_endian(content.subspan(at + 5, 2))});
        if (length < 2) return std::nullopt;
        at += 2 + length;
    }
    return std::nullopt;
}

}  // namespace

std::optional<ImageKind> image_kind_of(ByteView content) {
    constexpr std::array<std::uint8_t, 3> jpeg_begin{0xFF, 0xD8, 0xFF};
    if (content.size() > image_bytes_max) return std::nullopt;
    if (begins_with(content, png_begin)) return png(content);
    if (begins_with(content, jpeg_begin)) return jpeg(content);
    return std::nullopt;
}

}  // namespace takas::core::product
