#include "app/products/art_images.hpp"

#include "app/audit/recorder.hpp"
#include "app/ports/tables.hpp"
#include "app/products/products.hpp"
#include "base/encoding.hpp"
#include "core/product/card_image.hpp"
#include "crypto/digest.hpp"

namespace takas::app::products {
namespace {

using core::product::CardArtImage;
using core::product::ImageSide;
using ports::where;

/// The art names its pictures by their digests: a change of a picture is a change of the art.
std::string& digest_of(CardArt& art, ImageSide side) {
    return side == ImageSide::front ? art.front_image : art.back_image;
}

Result<Bytes> read_content(std::string_view base64, std::string_view field) {
    auto content = base64_decode(base64);
    if (!content) return fail_field(std::string(field), "This is not base64.", "Geçerli bir base64 değil.");
    if (!core::product::image_kind_of(*content))
        return fail_field(std::string(field), "A PNG or JPEG of at most 256 KiB and 4096 pixels is expected.",
                          "En fazla 256 KiB ve 4096 piksellik bir PNG veya JPEG bekleniyor.");
    return std::move(*content);
}

CardArtImage image_of(const Context& context, EntityId art_id, ImageSide side, const Bytes& content) {
    const auto kind = core::product::image_kind_of(content);
    return {context.tenant_id,
            art_id,
            side,
            std::string(kind->media_type),
            kind->width_pixels,
            kind->height_pixels,
            Blob{std::string(text_of(content))},
            context.now};
}

/// The picture into the unit, its digest into the art.
Result<void> add_image(Context& context, CardArt& art, ImageSide side, std::string_view base64,
                       std::string_view field) {
    if (base64.empty()) return {};
    const auto content = read_content(base64, field);
    if (!content) return std::unexpected(content.error());
    digest_of(art, side) = hex_encode(crypto::sha256(*content));
    context.unit.upsert(image_of(context, art.id, side, *content));
    return {};
}

}  // namespace

Result<CardArt> put_image(Context& context, EntityId art_id, ImageSide side, std::string_view content_base64,
                          std::string_view field, SeenVersion seen) {
    auto art = get_art(context, art_id);
    if (!art) return art;
    if (auto is_seen = check_seen(seen, art->version); !is_seen) return std::unexpected(std::move(is_seen.error()));
    const CardArt before = *art;
    if (auto added = add_image(context, *art, side, content_base64, field); !added)
        return std::unexpected(std::move(added.error()));
    ++art->version;
    context.unit.update(*art, before.version);
    context.decides_again_on.push_back(ports::table_of<CardArt>().name);
    if (auto noted = audit::updated(context, before, *art); !noted) return std::unexpected(std::move(noted.error()));
    return art;
}

Result<CardArtImage> get_image(const Context& context, EntityId art_id, ImageSide side) {
    if (const auto art = get_art(context, art_id); !art) return std::unexpected(art.error());
    auto image =
        context.store().find<CardArtImage>({where<&CardArtImage::tenant_id>(context.tenant_id),
                                            where<&CardArtImage::art_id>(art_id), where<&CardArtImage::side>(side)});
    if (!image) return std::unexpected(std::move(image.error()));
    if (!*image) return fail(ErrorCode::art_image_not_found);
    return std::move(**image);
}

Result<CardArt> create_art_with_images(Context& context, CardArt wanted, std::string_view front_base64,
                                       std::string_view back_base64) {
    wanted.id = context.next_id<EntityId>();
    if (auto done = add_image(context, wanted, ImageSide::front, front_base64, "frontImage"); !done)
        return std::unexpected(std::move(done.error()));
    if (auto done = add_image(context, wanted, ImageSide::back, back_base64, "backImage"); !done)
        return std::unexpected(std::move(done.error()));
    return create_art(context, std::move(wanted));
}

}  // namespace takas::app::products
