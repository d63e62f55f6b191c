#include "api/products/product_dto.hpp"

#include "base/optional_text.hpp"
#include "core/product/product_rules.hpp"
#include "core/product/range_rules.hpp"

namespace takas::api {
namespace {

using core::product::CardProduct;

/// Where the picture is given back. Arts made before pictures were uploaded hold a reference of their own.
std::optional<std::string> image_path(const core::product::CardArt& art, const std::string& kept,
                                      core::product::ImageSide side) {
    constexpr std::size_t digest_digits = 64;
    if (kept.size() != digest_digits) return optional_text(kept);
    return "/api/v1/issuing/card-art/" + std::to_string(art.id.value) + "/image/" + std::string(to_name(side));
}

std::optional<EntityId> optional_id(EntityId id) { return id ? std::optional(id) : std::nullopt; }

}  // namespace

CardBinDto to_dto(const core::product::CardBin& b) {
    return {b.id,
            b.bin,
            b.brand,
            b.card_dci,
            optional_text(b.card_type),
            b.length,
            b.currency,
            optional_text(b.country),
            b.is_active};
}

CardBinRangeDto to_dto(const app::products::RangeUse& use) {
    const auto& r = use.range;
    CardBinRangeDto dto{r.id,         r.bin_id,      r.bin,
                        r.name,       r.start_range, r.end_range,
                        std::nullopt, r.allocation,  use.remaining_count,
                        r.is_active};
    if (r.allocation == core::product::Allocation::sequential)
        dto.last_used_number = optional_text(core::product::last_sequential(r, use.drawn));
    return dto;
}

CardArtDto to_dto(const core::product::CardArt& a) {
    return {a.id,
            a.name,
            a.code,
            CardArtStatus::active,
            image_path(a, a.front_image, core::product::ImageSide::front),
            image_path(a, a.back_image, core::product::ImageSide::back),
            optional_text(a.description),
            a.version};
}

CardProductGroupDto to_dto(const app::products::GroupUse& use) {
    return {use.group.id, use.group.name, optional_text(use.group.description), use.product_count, use.group.version};
}

CardProduct product_of(const ProductFields& f) {
    CardProduct p;
    p.name = f.name;
    p.card_dci = f.card_dci;
    p.brand = f.brand;
    p.bin_range_id = f.bin_range_id;
    p.currency = f.currency;
    p.validity_period_months = f.validity_period_months;
    p.card_art_id = f.card_art_id.value_or(EntityId{});
    p.product_group_id = f.product_group_id.value_or(EntityId{});
    p.description = text_or_empty(f.description);
    p.physicals = f.physicals;
    p.contactless_limit = f.contactless_limit;
    p.auto_renewal = f.auto_renewal.value_or(p.auto_renewal);
    p.renewal_days_before = f.renewal_days_before.value_or(p.renewal_days_before);
    p.pin_try_limit = f.pin_try_limit.value_or(p.pin_try_limit);
    p.cvv2_try_limit = f.cvv2_try_limit.value_or(p.cvv2_try_limit);
    p.pin_length = f.pin_length.value_or(p.pin_length);
    p.is_noname_allowed = f.is_noname_allowed.value_or(p.is_noname_allowed);
    p.is_child_card_allowed = f.is_child_card_allowed.value_or(p.is_child_card_allowed);
    p.max_card_per_customer = f.max_card_per_customer.value_or(p.max_card_per_customer);
    p.activate_on_create = f.activate_on_create.value_or(p.activate_on_create);
    p.account_per_card = f.account_per_card.value_or(p.account_per_card);
    p.policy = f.policy;
    p.status = f.status.value_or(p.status);
    p.currency_markup_bps = f.currency_markup_bps.value_or(p.currency_markup_bps);
    return p;
}

CardProduct product_of(const CreateCardProductDto& dto) {
    CardProduct p = product_of(static_cast<const ProductFields&>(dto));
    p.code = dto.code;
    return p;
}

void fill(CardProductDto& dto, const CardProduct& p) {
    dto.code = p.code;
    dto.creation_time = p.creation_time;
    dto.version = p.version;
    static_cast<ProductFields&>(dto) = {p.name,
                                        p.card_dci,
                                        p.brand,
                                        p.bin_range_id,
                                        p.currency,
                                        p.validity_period_months,
                                        optional_id(p.card_art_id),
                                        optional_id(p.product_group_id),
                                        optional_text(p.description),
                                        p.physicals,
                                        p.contactless_limit,
                                        p.auto_renewal,
                                        p.renewal_days_before,
                                        p.pin_try_limit,
                                        p.cvv2_try_limit,
                                        p.pin_length,
                                        p.is_noname_allowed,
                                        p.is_child_card_allowed,
                                        p.max_card_per_customer,
                                        p.activate_on_create,
                                        p.account_per_card,
                                        p.policy,
                                        p.status,
                                        p.currency_markup_bps};
}

CardProductDetailDto to_dto(const app::products::ProductDetail& detail) {
    CardProductDetailDto dto;
    fill(dto, detail.product);
    if (detail.art) dto.art = to_dto(*detail.art);
    if (detail.range) dto.bin_range = to_dto(*detail.range);
    if (detail.group) dto.group = to_dto(*detail.group);
    dto.card_count = detail.card_count;
    return dto;
}

}  // namespace takas::api

namespace takas {

void Describe<api::CreateCardProductDto>::more_errors(const api::CreateCardProductDto& body, Instant,
                                                      FieldErrors& errors) {
    FieldErrors more;
    core::product::check_product(api::product_of(body), more);
    for (const FieldError& one : more.list())
        if (std::ranges::find(errors.list(), one.path, &FieldError::path) == errors.list().end())
            errors.add(one.path, one.english, one.turkish);
}

}  // namespace takas
