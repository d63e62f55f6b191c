// Pictures of card arts: uploaded whole, known by their octets, kept in the store, given back as they came.
#pragma once

#include "app/context/context.hpp"
#include "app/context/seen_version.hpp"
#include "base/bytes.hpp"
#include "core/product/product.hpp"

namespace takas::app::products {

/// Puts a picture in place of the one before. `field` is where the caller wrote it.
/// Errors: art_not_found, validation (no PNG or JPEG, too large), concurrent_change (not the version seen).
Result<core::product::CardArt> put_image(Context& context, EntityId art_id, core::product::ImageSide side,
                                         std::string_view content_base64, std::string_view field,
                                         SeenVersion seen = {});
/// Errors: art_not_found, art_image_not_found.
Result<core::product::CardArtImage> get_image(const Context& context, EntityId art_id, core::product::ImageSide side);

/// A new art with the pictures that came with it; empty texts: none.
/// Errors: art_exists, validation.
Result<core::product::CardArt> create_art_with_images(Context& context, core::product::CardArt wanted,
                                                      std::string_view front_base64, std::string_view back_base64);

}  // namespace takas::app::products
