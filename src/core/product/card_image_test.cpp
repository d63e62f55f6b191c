#include "core/product/card_image.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "base/encoding.hpp"

namespace takas::core::product {
namespace {

/// Made with Pillow 9.4: one blue pixel; 3 by 2 pixels.
constexpr std::string_view one_pixel_png =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

Bytes png() { return *base64_decode(one_pixel_png); }

/// A head of segments as encoders write it, no picture data: nothing of it is read.
Bytes jpeg(std::uint8_t frame = 0xC0, std::uint8_t height = 2, std::uint8_t width = 3) {
    return {0xFF, 0xD8, 0xFF,   0xE0, 0x00,  0x04, 'J',  'F',  0xFF, frame, 0x00, 0x0B,
            0x08, 0x00, height, 0x00, width, 0x01, 0x01, 0x11, 0x00, 0xFF,  0xD9};
}

TEST(card_image, is_known_by_its_octets) {
    const auto small = image_kind_of(png());
    ASSERT_TRUE(small);
    EXPECT_EQ(small->media_type, "image/png");
    EXPECT_EQ(small->width_pixels, 1);
    EXPECT_EQ(small->height_pixels, 1);
    for (const std::uint8_t frame : std::array<std::uint8_t, 3>{0xC0, 0xC1, 0xC2}) {
        const auto photo = image_kind_of(jpeg(frame));
        ASSERT_TRUE(photo);
        EXPECT_EQ(photo->media_type, "image/jpeg");
        EXPECT_EQ(photo->width_pixels, 3);
        EXPECT_EQ(photo->height_pixels, 2);
    }
}

TEST(card_image, is_nothing_else) {
    EXPECT_FALSE(image_kind_of({}));
    EXPECT_FALSE(image_kind_of(bytes_of("GIF89a\x01\x00\x01\x00")));
    EXPECT_FALSE(image_kind_of(bytes_of("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")));
    EXPECT_FALSE(image_kind_of(jpeg(0xC4)));
    EXPECT_FALSE(image_kind_of(jpeg(0xC0, 0, 3)));
}

TEST(card_image, must_be_whole_and_of_a_sensible_size) {
    Bytes content = png();
    content.pop_back();
    EXPECT_FALSE(image_kind_of(content));
    content = jpeg();
    content.pop_back();
    EXPECT_FALSE(image_kind_of(content));
    content = png();
    content[16] = 1;  // sixteen million pixels wide
    EXPECT_FALSE(image_kind_of(content));
    content = png();
    content.insert(content.begin() + 40, image_bytes_max, 0);
    EXPECT_FALSE(image_kind_of(content));
}

RC_GTEST_PROP(card_image, reads_nothing_behind_the_end, (const Bytes& rest)) {
    Bytes content{0xFF, 0xD8, 0xFF};
    content.insert(content.end(), rest.begin(), rest.end());
    content.push_back(0xFF), content.push_back(0xD9);
    static_cast<void>(image_kind_of(content));
}

}  // namespace
}  // namespace takas::core::product
