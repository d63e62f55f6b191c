// Bodies and queries of card products (contract 4.3).
#pragma once

#include "api/products/dto.hpp"
#include "core/money/applied_rate.hpp"

namespace takas::api {

/// What every form of a product has.
struct ProductFields {
    std::string name;
    core::product::CardDci card_dci{};
    core::product::CardBrand brand{};
    EntityId bin_range_id;
    core::money::Currency currency;
    std::int16_t validity_period_months = 0;
    std::optional<EntityId> card_art_id, product_group_id;
    std::optional<std::string> description;
    std::vector<core::product::CardProductPhysical> physicals;
    std::optional<core::product::ContactlessLimit> contactless_limit;
    std::optional<bool> auto_renewal;
    std::optional<std::int16_t> renewal_days_before, pin_try_limit, cvv2_try_limit, pin_length;
    std::optional<bool> is_noname_allowed, is_child_card_allowed;
    std::optional<std::int32_t> max_card_per_customer;
    std::optional<bool> activate_on_create, account_per_card;
    std::optional<core::product::CardPolicy> policy;
    std::optional<core::product::ProductStatus> status;
    std::optional<std::int16_t> currency_markup_bps;
};

struct UpdateCardProductDto : ProductFields {};
struct CreateCardProductDto : ProductFields {
    std::string code;
};
struct CardProductDto : CreateCardProductDto {
    Instant creation_time;
    std::int64_t version = 0;
};
struct CardProductDetailDto : CardProductDto {
    std::optional<CardArtDto> art;
    std::optional<CardBinRangeDto> bin_range;
    std::optional<CardProductGroupDto> group;
    std::int64_t card_count = 0;
};

struct CardProductListQuery : PageFields {
    std::optional<std::string> code, name;
    std::optional<core::product::CardDci> card_dci;
    std::optional<core::product::CardBrand> brand;
    std::optional<EntityId> group_id;
    std::optional<core::product::ProductStatus> status;
};

core::product::CardProduct product_of(const ProductFields& fields);
core::product::CardProduct product_of(const CreateCardProductDto& dto);
void fill(CardProductDto& dto, const core::product::CardProduct& product);
CardProductDetailDto to_dto(const app::products::ProductDetail& detail);

inline constexpr std::array product_fields{
    field<&ProductFields::name>("Name").required().length(1, 60).example("Virtual prepaid"),
    field<&ProductFields::card_dci>("Debit, Prepaid or Credit").required().example("Prepaid"),
    field<&ProductFields::brand>("Card scheme; that of the range's BIN").required().example("Troy"),
    field<&ProductFields::bin_range_id>("Where card numbers are drawn from").required().range(1, 9'007'199'254'740'991),
    field<&ProductFields::currency>("ISO 4217 numeric code").required().range(1, 999).example("949"),
    field<&ProductFields::validity_period_months>("How long a card is good").required().range(1, 240).example("60"),
    field<&ProductFields::card_art_id>("Card art; 0 or null: none").range(0, 9'007'199'254'740'991),
    field<&ProductFields::product_group_id>("Product group; 0 or null: none").range(0, 9'007'199'254'740'991),
    field<&ProductFields::description>("Description").length(0, 500),
    field<&ProductFields::physicals>("Forms of the card, each type once").required().length(1, 4),
    field<&ProductFields::contactless_limit>("Contactless limits"),
    field<&ProductFields::auto_renewal>("Cards are renewed before they expire; false unless told"),
    field<&ProductFields::renewal_days_before>("Days before expiry; 30 unless told").range(1, 365).example("30"),
    field<&ProductFields::pin_try_limit>("Wrong PINs until it is blocked; 3 unless told").range(1, 9).example("3"),
    field<&ProductFields::cvv2_try_limit>("Wrong CVV2s until it is blocked; 3 unless told").range(1, 9).example("3"),
    field<&ProductFields::pin_length>("Digits of a PIN; 4 unless told").range(4, 12).example("4"),
    field<&ProductFields::is_noname_allowed>("Cards without owner; false unless told"),
    field<&ProductFields::is_child_card_allowed>("Child cards; false unless told"),
    field<&ProductFields::max_card_per_customer>("Cards of one customer that are not closed; 0: no limit")
        .range(0, 10'000)
        .example("5"),
    field<&ProductFields::activate_on_create>("Virtual cards are active from the start; false unless told"),
    field<&ProductFields::account_per_card>("Each card has an account of its own; false unless told"),
    field<&ProductFields::policy>("What cards may be used for"),
    field<&ProductFields::status>("Active unless told; no cards of a Passive product are issued").example("Active"),
    field<&ProductFields::currency_markup_bps>("Basis points on the institution's own exchange rates, to its favour; 0 "
                                               "unless told. A network's own billing amount stays as it is")
        .range(0, core::money::markup_max_bps)
        .example("250"),
};
inline constexpr std::array product_code_field{
    field<&CreateCardProductDto::code>("Unique code").required().length(1, 30).example("VIRTUAL-TRY")};

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::UpdateCardProductDto> {
    static constexpr std::string_view name = "UpdateCardProductDto";
    static constexpr auto fields = api::product_fields;
};
template <>
struct Describe<api::CreateCardProductDto> {
    static constexpr std::string_view name = "CreateCardProductDto";
    static constexpr auto fields = join_fields(api::product_code_field, api::product_fields);
    static void more_errors(const api::CreateCardProductDto& body, Instant now, FieldErrors& errors);
};
template <>
struct Describe<api::CardProductDto> {
    using T = api::CardProductDto;
    static constexpr std::string_view name = "CardProductDto";
    static constexpr auto fields =
        join_fields(api::product_code_field, api::product_fields,
                    std::array{field<&T::creation_time>("When it was created").required(),
                               field<&T::version>("Rises with every change: for If-Match").required().example("1")});
};
template <>
struct Describe<api::CardProductDetailDto> {
    using T = api::CardProductDetailDto;
    static constexpr std::string_view name = "CardProductDetailDto";
    static constexpr auto fields =
        join_fields(Describe<api::CardProductDto>::fields,
                    std::array{
                        field<&T::art>("Card art"),
                        field<&T::bin_range>("BIN range"),
                        field<&T::group>("Product group"),
                        field<&T::card_count>("Cards of the product, of every status").required(),
                    });
};
template <>
struct Describe<api::CardProductListQuery> {
    using T = api::CardProductListQuery;
    static constexpr std::string_view name = "CardProductListQuery";
    static constexpr std::array fields{
        field<&T::code>("Exactly this code").length(1, 30),
        field<&T::name>("Part of the name, in any case").length(1, 60),
        field<&T::card_dci>("Debit, Prepaid or Credit"),
        field<&T::brand>("Of this scheme"),
        field<&T::group_id>("Of this group").range(1, 9'007'199'254'740'991),
        field<&T::status>("Active or Passive"),
        api::page_field_skip<T>(),
        api::page_field_max<T>(),
        api::page_field_sorting<T>(),
        api::page_field_cursor<T>(),
    };
};

}  // namespace takas
