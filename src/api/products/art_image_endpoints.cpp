// Pictures of card arts, uploaded and given back as base64.
#include "api/framework/etag.hpp"
#include "api/products/dto.hpp"
#include "api/products/endpoints.hpp"
#include "app/products/art_images.hpp"
#include "base/encoding.hpp"

namespace takas::api {
namespace {

using core::product::ImageSide;

struct Named {
    EntityId art_id;
    ImageSide side{};
};

Result<Named> named_image(const Call& call) {
    const auto id = call.path_id<EntityId>("id", ErrorCode::art_not_found);
    if (!id) return std::unexpected(id.error());
    const auto side = from_name<ImageSide>(call.path_value("side"));
    if (!side) return fail(ErrorCode::art_image_not_found);
    return Named{*id, *side};
}

Result<CardArtDto> put_image(Call& call, const PutCardArtImageDto& body) {
    const auto named = named_image(call);
    if (!named) return std::unexpected(named.error());
    const auto seen = seen_version(call);
    if (!seen) return std::unexpected(seen.error());
    const auto art = app::products::put_image(call.context, named->art_id, named->side, body.content, "content", *seen);
    if (!art) return std::unexpected(art.error());
    set_etag(call, art->version);
    return to_dto(*art);
}

Result<CardArtImageDto> get_image(Call& call) {
    const auto named = named_image(call);
    if (!named) return std::unexpected(named.error());
    const auto image = app::products::get_image(call.context, named->art_id, named->side);
    if (!image) return std::unexpected(image.error());
    return CardArtImageDto{image->art_id,       image->side,          image->media_type,
                           image->width_pixels, image->height_pixels, base64_encode(bytes_of(image->content.bytes)),
                           image->uploaded_at};
}

using enum Method;

constexpr std::string_view path = "/api/v1/issuing/card-art/{id}/image/{side}";

constexpr std::array rows{
    with_if_match(with_etag(endpoint<&put_image>(
        put, path, "putCardArtImage", "CardArt", "Upload a picture: Front or Back", Permission::product_write,
        Idempotency::none, {ErrorCode::art_not_found, ErrorCode::art_image_not_found, ErrorCode::concurrent_change}))),
    endpoint<&get_image>(get, path, "getCardArtImage", "CardArt", "Download a picture", Permission::product_read,
                         Idempotency::none, {ErrorCode::art_not_found, ErrorCode::art_image_not_found}),
};

}  // namespace

std::span<const Endpoint> art_image_endpoints() { return rows; }

}  // namespace takas::api
