// Bodies and queries of BINs, BIN ranges, card art and product groups (contract 4.3).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "api/framework/page.hpp"
#include "app/products/products.hpp"

namespace takas::api {

struct CardBinDto {
    EntityId id;
    std::string bin;
    core::product::CardBrand brand{};
    core::product::CardDci card_dci{};
    std::optional<std::string> card_type;
    std::int16_t length = 0;
    core::money::Currency currency;
    std::optional<std::string> country;
    bool is_active = false;
};
struct CardBinListQuery : PageFields {
    std::optional<core::product::CardBrand> brand;
    std::optional<std::string> bin;
};

struct CreateUpdateCardBinRangeDto {
    EntityId bin_id;
    std::string name;
    std::string start_range;
    std::string end_range;
    std::optional<core::product::Allocation> allocation;
    std::optional<bool> is_active;
};
struct CardBinRangeDto {
    EntityId id;
    EntityId bin_id;
    std::string bin;
    std::string name;
    std::string start_range;
    std::string end_range;
    std::optional<std::string> last_used_number;
    core::product::Allocation allocation{};
    std::int64_t remaining_count = 0;
    bool is_active = false;
};
struct CardBinRangeListQuery {
    std::optional<EntityId> bin_id;
    std::int64_t skip_count = 0;
    std::int64_t max_result_count = max_page_size;
    std::string sorting;
};

enum class CardArtStatus : std::uint8_t { active };

struct CreateCardArtDto {
    std::string name;
    std::string code;
    std::optional<std::string> front_image, back_image, description;
};
struct UpdateCardArtDto {
    std::string name;
};
struct CardArtDto {
    EntityId id;
    std::string name;
    std::string code;
    CardArtStatus status{};
    std::optional<std::string> front_image, back_image, description;
    std::int64_t version = 0;
};
struct CardArtListQuery {
    std::optional<std::string> name;
    std::int64_t skip_count = 0;
    std::int64_t max_result_count = max_page_size;
    std::string sorting;
};

struct CreateUpdateCardProductGroupDto {
    std::string name;
    std::optional<std::string> description;
};
struct CardProductGroupDto {
    EntityId id;
    std::string name;
    std::optional<std::string> description;
    std::int64_t product_count = 0;
    std::int64_t version = 0;
};
struct CardProductGroupListQuery : PageFields {};

struct PutCardArtImageDto {
    std::string content;
};
struct CardArtImageDto {
    EntityId card_art_id;
    core::product::ImageSide side{};
    std::string content_type;
    std::int64_t width = 0, height = 0;
    std::string content;
    Instant upload_time;
};

/// 256 KiB in base64.
inline constexpr std::int64_t art_image_base64_max = 349'528;

CardBinDto to_dto(const core::product::CardBin& bin);
/// The number drawn last is shown for sequential ranges, where it follows from the remaining count anyway.
CardBinRangeDto to_dto(const app::products::RangeUse& use);
CardArtDto to_dto(const core::product::CardArt& art);
CardProductGroupDto to_dto(const app::products::GroupUse& use);

}  // namespace takas::api

namespace takas {

template <>
struct EnumNames<api::CardArtStatus> {
    static constexpr std::string_view name = "CardArtStatus";
    static constexpr std::array values{named(api::CardArtStatus::active, "Active")};
};

template <>
struct Describe<api::CardBinDto> {
    using T = api::CardBinDto;
    static constexpr std::string_view name = "CardBinDto";
    static constexpr std::array fields{
        field<&T::id>("Number given by the platform").required(),
        field<&T::bin>("First digits of the card numbers, 6 to 8").required().example("97921234"),
        field<&T::brand>("Card scheme").required().example("Troy"),
        field<&T::card_dci>("Debit, Prepaid or Credit").required().example("Prepaid"),
        field<&T::card_type>("The scheme's own name of the kind of card"),
        field<&T::length>("Digits of a card number").required().example("16"),
        field<&T::currency>("ISO 4217 numeric code").required().example("949"),
        field<&T::country>("ISO 3166-1 letters").example("TR"),
        field<&T::is_active>("Cards may be issued").required(),
    };
};
template <>
struct Describe<api::CardBinListQuery> {
    using T = api::CardBinListQuery;
    static constexpr std::string_view name = "CardBinListQuery";
    static constexpr std::array fields{
        field<&T::brand>("Of this scheme"),
        field<&T::bin>("Beginning with these digits").length(1, 8).only(digits_charset),
        api::page_field_skip<T>(),
        api::page_field_max<T>(),
        api::page_field_sorting<T>(),
        api::page_field_cursor<T>(),
    };
};
template <>
struct Describe<api::CreateUpdateCardBinRangeDto> {
    using T = api::CreateUpdateCardBinRangeDto;
    static constexpr std::string_view name = "CreateUpdateCardBinRangeDto";
    static constexpr std::array fields{
        field<&T::bin_id>("The BIN it is cut from").required().range(1, 9'007'199'254'740'991),
        field<&T::name>("What the institution calls it").required().length(1, 60).example("Prepaid virtual"),
        field<&T::start_range>("First number: the digits between BIN and check digit")
            .required()
            .length(1, 12)
            .only(digits_charset)
            .example("0000000"),
        field<&T::end_range>("Last number, with as many digits")
            .required()
            .length(1, 12)
            .only(digits_charset)
            .example("0999999"),
        field<&T::allocation>("Order in which numbers are drawn; Random unless told").example("Random"),
        field<&T::is_active>("Cards may be issued; true unless told"),
    };
};
template <>
struct Describe<api::CardBinRangeDto> {
    using T = api::CardBinRangeDto;
    static constexpr std::string_view name = "CardBinRangeDto";
    static constexpr std::array fields{
        field<&T::id>("Number given by the platform").required(),
        field<&T::bin_id>("The BIN it is cut from").required(),
        field<&T::bin>("Digits of the BIN").required().example("97921234"),
        field<&T::name>("What the institution calls it").required(),
        field<&T::start_range>("First number: the digits between BIN and check digit").required().example("0000000"),
        field<&T::end_range>("Last number").required().example("0999999"),
        field<&T::last_used_number>("Digits drawn last, of a sequential range; null for a random one: its numbers are "
                                    "not shown"),
        field<&T::allocation>("Order in which numbers are drawn").required(),
        field<&T::remaining_count>("Card numbers that are left").required().example("999998"),
        field<&T::is_active>("Cards may be issued").required(),
    };
};
template <>
struct Describe<api::CardBinRangeListQuery> {
    using T = api::CardBinRangeListQuery;
    static constexpr std::string_view name = "CardBinRangeListQuery";
    static constexpr std::array fields{
        field<&T::bin_id>("Of this BIN").range(1, 9'007'199'254'740'991),
        api::page_field_skip<T>(),
        api::page_field_max<T>(),
        api::page_field_sorting<T>(),
    };
};
template <>
struct Describe<api::CreateCardArtDto> {
    using T = api::CreateCardArtDto;
    static constexpr std::string_view name = "CreateCardArtDto";
    static constexpr std::array fields{
        field<&T::name>("Name of the picture").required().length(1, 60).example("Blue"),
        field<&T::code>("Unique code").required().length(1, 30).example("BLUE-01"),
        field<&T::front_image>("Picture of the front: a PNG or JPEG in base64, at most 256 KiB")
            .length(1, api::art_image_base64_max),
        field<&T::back_image>("Picture of the back").length(1, api::art_image_base64_max),
        field<&T::description>("Description").length(0, 500),
    };
};
template <>
struct Describe<api::UpdateCardArtDto> {
    using T = api::UpdateCardArtDto;
    static constexpr std::string_view name = "UpdateCardArtDto";
    static constexpr std::array fields{field<&T::name>("Name of the picture").required().length(1, 60)};
};
template <>
struct Describe<api::CardArtDto> {
    using T = api::CardArtDto;
    static constexpr std::string_view name = "CardArtDto";
    static constexpr std::array fields{
        field<&T::id>("Number given by the platform").required(),
        field<&T::name>("Name of the picture").required().example("Blue"),
        field<&T::code>("Unique code").required().example("BLUE-01"),
        field<&T::status>("Always Active: art is deleted, not switched off").required(),
        field<&T::front_image>("Path of the front's picture; null: it has none")
            .example("/api/v1/issuing/card-art/12/image/Front"),
        field<&T::back_image>("Path of the back's picture"),
        field<&T::description>("Description"),
        field<&T::version>("Of the record: for If-Match").required().example("1"),
    };
};
template <>
struct Describe<api::PutCardArtImageDto> {
    using T = api::PutCardArtImageDto;
    static constexpr std::string_view name = "PutCardArtImageDto";
    static constexpr std::array fields{field<&T::content>("A PNG or JPEG in base64, at most 256 KiB and 4096 pixels")
                                           .required()
                                           .length(1, api::art_image_base64_max)};
};
template <>
struct Describe<api::CardArtImageDto> {
    using T = api::CardArtImageDto;
    static constexpr std::string_view name = "CardArtImageDto";
    static constexpr std::array fields{
        field<&T::card_art_id>("The art").required(),
        field<&T::side>("Which side").required().example("Front"),
        field<&T::content_type>("image/png or image/jpeg").required().example("image/png"),
        field<&T::width>("Pixels across").required().example("1012"),
        field<&T::height>("Pixels down").required().example("638"),
        field<&T::content>("The picture in base64, as it was uploaded").required(),
        field<&T::upload_time>("When it was uploaded").required(),
    };
};
template <>
struct Describe<api::CardArtListQuery> {
    using T = api::CardArtListQuery;
    static constexpr std::string_view name = "CardArtListQuery";
    static constexpr std::array fields{
        field<&T::name>("Part of the name").length(1, 60),
        api::page_field_skip<T>(),
        api::page_field_max<T>(),
        api::page_field_sorting<T>(),
    };
};
template <>
struct Describe<api::CreateUpdateCardProductGroupDto> {
    using T = api::CreateUpdateCardProductGroupDto;
    static constexpr std::string_view name = "CreateUpdateCardProductGroupDto";
    static constexpr std::array fields{
        field<&T::name>("Unique name").required().length(1, 60).example("Prepaid"),
        field<&T::description>("Description").length(0, 500),
    };
};
template <>
struct Describe<api::CardProductGroupDto> {
    using T = api::CardProductGroupDto;
    static constexpr std::string_view name = "CardProductGroupDto";
    static constexpr std::array fields{
        field<&T::id>("Number given by the platform").required(),
        field<&T::name>("Unique name").required().example("Prepaid"),
        field<&T::description>("Description"),
        field<&T::product_count>("Products in the group").required().example("2"),
        field<&T::version>("Rises with every change: for If-Match").required().example("1"),
    };
};
template <>
struct Describe<api::CardProductGroupListQuery> {
    using T = api::CardProductGroupListQuery;
    static constexpr std::string_view name = "CardProductGroupListQuery";
    static constexpr std::array fields{
        api::page_field_skip<T>(),
        api::page_field_max<T>(),
        api::page_field_sorting<T>(),
        api::page_field_cursor<T>(),
    };
};

}  // namespace takas
