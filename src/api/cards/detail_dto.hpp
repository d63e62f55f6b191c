// Card details: a card with everything that surrounds it (contract 4.2, CardDetailDto).
#pragma once

#include "api/accounts/dto.hpp"
#include "api/cards/dto.hpp"

namespace takas::api {

struct CustomerInfoDto {
    std::string customer_no;
    std::string name;
    std::optional<std::string> midname, surname;
    std::optional<EntityId> segment_id;
};
struct CardProductInfoDto {
    std::string code;
    std::string name;
    core::product::CardDci card_dci{};
    core::product::CardBrand brand{};
    core::product::ProductType product_type{};
};
struct CardStatusInfoDto {
    core::card::CardStatus status{};
    std::optional<core::card::CardStatusReason> reason;
    std::optional<std::string> description;
    Instant change_time;
    std::string change_user;
};
struct CardPhysicalInfoDto {
    EntityId id;
    core::product::ProductType physical_type{};
    std::int16_t pan_sequence_no = 0;
    core::card::Expiry expire_date;
    std::optional<std::string> service_code, barcode;
    core::card::CardStatus status{};
    Instant creation_time;
};
struct CardParentDto {
    TokenId token_id;
    std::string masked_card_no;
};
/// What counts: the card's own flags, else its product's; what neither says is allowed.
struct CardPolicyInfoDto {
    std::optional<core::product::PolicyFlags> domestic, international;
    std::optional<bool> require_3d_secure, online_pin_required;
    std::optional<Date> active_from, active_to;
};
struct CardAccountStatisticInfoDto {
    std::optional<std::int64_t> daily_count;
    std::optional<Decimal> daily_amount;
    std::optional<std::int64_t> monthly_count;
    std::optional<Decimal> monthly_amount;
    std::optional<std::int64_t> total_count;
    std::optional<Decimal> total_amount;
    std::optional<Instant> last_transaction_time;
    core::money::Currency currency;
};
struct CardDetailDto {
    CardDto card;
    std::optional<CustomerInfoDto> customer;
    CardProductInfoDto product;
    CardStatusInfoDto status_info;
    CardPhysicalInfoDto physical;
    std::optional<CardParentDto> parent;
    CardPolicyInfoDto policy;
    CardAccountStatisticInfoDto statistics;
    std::int16_t pin_try_count = 0;
    bool pin_blocked = false;
    std::int16_t cvv2_try_count = 0;
    bool cvv2_blocked = false;
    std::optional<Instant> last_transaction_time;
};

/// Reads what surrounds the card.
Result<CardDetailDto> detail_of(const app::Context& context, const core::card::Card& card);

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::CustomerInfoDto> {
    using T = api::CustomerInfoDto;
    static constexpr std::string_view name = "CustomerInfoDto";
    static constexpr std::array fields{
        field<&T::customer_no>("The institution's number").required(),
        field<&T::name>("Name").required(),
        field<&T::midname>("Middle name"),
        field<&T::surname>("Surname"),
        field<&T::segment_id>("Segment"),
    };
};
template <>
struct Describe<api::CardProductInfoDto> {
    using T = api::CardProductInfoDto;
    static constexpr std::string_view name = "CardProductInfoDto";
    static constexpr std::array fields{
        field<&T::code>("Code").required(),
        field<&T::name>("Name").required(),
        field<&T::card_dci>("Debit, Prepaid or Credit").required(),
        field<&T::brand>("Card scheme").required(),
        field<&T::product_type>("Form of the card").required(),
    };
};
template <>
struct Describe<api::CardStatusInfoDto> {
    using T = api::CardStatusInfoDto;
    static constexpr std::string_view name = "CardStatusInfoDto";
    static constexpr std::array fields{
        field<&T::status>("Status").required(),
        field<&T::reason>("Why"),
        field<&T::description>("Note about the last change"),
        field<&T::change_time>("Since when").required(),
        field<&T::change_user>("Who changed it").required(),
    };
};
template <>
struct Describe<api::CardPhysicalInfoDto> {
    using T = api::CardPhysicalInfoDto;
    static constexpr std::string_view name = "CardPhysicalInfoDto";
    static constexpr std::array fields{
        field<&T::id>("The number of the card, whose newest piece this is").required(),
        field<&T::physical_type>("Form of the card").required(),
        field<&T::pan_sequence_no>("Sequence number").required(),
        field<&T::expire_date>("Expiry as YYMM").required(),
        field<&T::service_code>("Service code"),
        field<&T::barcode>("Barcode of the shipment; null before there is one"),
        field<&T::status>("Status of the card").required(),
        field<&T::creation_time>("When it was issued").required(),
    };
};
template <>
struct Describe<api::CardParentDto> {
    using T = api::CardParentDto;
    static constexpr std::string_view name = "CardParentDto";
    static constexpr std::array fields{
        field<&T::token_id>("The main card").required(),
        field<&T::masked_card_no>("Its number, masked").required(),
    };
};
template <>
struct Describe<api::CardPolicyInfoDto> {
    using T = api::CardPolicyInfoDto;
    static constexpr std::string_view name = "CardPolicyInfoDto";
    static constexpr std::array fields{
        field<&T::domestic>("What the card may do at home"),
        field<&T::international>("What the card may do abroad"),
        field<&T::require_3d_secure>("E-commerce only with 3-D Secure"),
        field<&T::online_pin_required>("Chip transactions need an online PIN"),
        field<&T::active_from>("First day on which the card may be used"),
        field<&T::active_to>("Last day on which the card may be used"),
    };
};
template <>
struct Describe<api::CardAccountStatisticInfoDto> {
    using T = api::CardAccountStatisticInfoDto;
    static constexpr std::string_view name = "CardAccountStatisticInfoDto";
    static constexpr std::array fields{
        field<&T::daily_count>("Approved debits today, in the institution's time zone; null above 2,000 transactions"),
        field<&T::daily_amount>("Their sum, without what was reversed"),
        field<&T::monthly_count>("Approved debits this month; null above 2,000 transactions"),
        field<&T::monthly_amount>("Their sum"),
        field<&T::total_count>("Approved debits of the card's life; null above 2,000 transactions"),
        field<&T::total_amount>("Their sum"),
        field<&T::last_transaction_time>("Last transaction, declined ones too"),
        field<&T::currency>("Currency of the sums").required(),
    };
};
template <>
struct Describe<api::CardDetailDto> {
    using T = api::CardDetailDto;
    static constexpr std::string_view name = "CardDetailDto";
    static constexpr std::array fields{
        field<&T::card>("The card").required(),
        field<&T::customer>("Its owner; null for a card without one"),
        field<&T::product>("Its product").required(),
        field<&T::status_info>("Its status").required(),
        field<&T::physical>("Its physical record").required(),
        field<&T::parent>("Its main card"),
        field<&T::policy>("What it may be used for").required(),
        field<&T::statistics>("What it was used for").required(),
        field<&T::pin_try_count>("Wrong PINs since the last right one").required(),
        field<&T::pin_blocked>("The PIN is blocked: wrong too often").required(),
        field<&T::cvv2_try_count>("Wrong CVV2s since the last right one").required(),
        field<&T::cvv2_blocked>("The CVV2 is blocked: wrong too often").required(),
        field<&T::last_transaction_time>("Last transaction, declined ones too"),
    };
};

}  // namespace takas
