// Bodies of what is changed on cards in use: policy, settings, a customer's cards at once, renewal (contract 4.2).
#pragma once

#include "api/cards/dto.hpp"
#include "app/cards/policy.hpp"
#include "app/cards/renew.hpp"
#include "app/cards/status.hpp"

namespace takas::api {

struct CardPolicyAddRequestDto {
    TokenId token_id;
    std::optional<core::product::PolicyFlags> domestic, international;
    std::optional<bool> require_3d_secure, online_pin_required;
    std::optional<Date> active_from, active_to;
    std::optional<bool> reset_to_product;
};
struct CardPolicyResponseDto {
    TokenId token_id;
    core::product::PolicyFlags domestic, international;
    bool require_3d_secure = false;
    bool online_pin_required = false;
    std::optional<Date> active_from, active_to;
    app::cards::PolicySources sources;
};
CardPolicyResponseDto to_dto(TokenId token_id, const app::cards::EffectivePolicy& effective);

struct CardPhoneNumberUpdateRequestDto {
    TokenId token_id;
    std::string phone_number;
};
struct UpdateDigitalSlipTypeDto {
    TokenId token_id;
    core::card::DigitalSlipType digital_slip_type{};
};
using UpdateDigitalSlipTypeResponseDto = UpdateDigitalSlipTypeDto;

struct UpdateCardAutoRenewalStatusDto {
    std::vector<TokenId> token_ids;
    bool auto_renewal = false;
};
struct CardAutoRenewalStatusUpdateResult {
    TokenId token_id;
    bool is_success = false;
    std::optional<std::string> error_code, error_message;
};
struct UpdateCardAutoRenewalStatusResponseDto {
    std::vector<CardAutoRenewalStatusUpdateResult> results;
};

struct UpdateCustomerCardStatusRequestDto {
    std::string customer_no;
    core::card::CardStatus status{};
    core::card::CardStatusReason reason{};
    std::optional<std::string> description;
    std::vector<TokenId> excluded_token_ids;
};
struct UpdatedCardInfo {
    TokenId token_id;
    std::string masked_card_no;
    core::card::CardStatus old_status{};
    core::card::CardStatus new_status{};
    bool is_success = false;
    std::optional<std::string> error_code;
};
struct UpdateCustomerCardStatusResponseDto {
    std::string customer_no;
    std::vector<UpdatedCardInfo> updated_cards;
};

struct CardRenewalRequestDto {
    TokenId token_id;
    std::optional<bool> keep_card_number;
    std::optional<std::string> personalized_name_line_1, personalized_name_line_2;
    std::optional<core::card::DeliveryAddress> delivery_address;
    std::optional<std::string> card_product_code;
    std::optional<std::string> reason;
};
struct IssuanceNewCardDto {
    std::optional<EntityId> issuance_id;
    TokenId old_token_id, new_token_id;
    std::string masked_card_no;
    core::card::Expiry expire_date;
};
struct ActivateRenewalRequestDto {
    TokenId token_id;
};

/// The sentence of an error in the caller's language.
std::string text_of(ErrorCode code, app::Language language);

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::CardPolicyAddRequestDto> {
    using T = api::CardPolicyAddRequestDto;
    static constexpr std::string_view name = "CardPolicyAddRequestDto";
    static constexpr std::array fields{
        field<&T::token_id>("The card").required().range(1, api::id_max),
        field<&T::domestic>("What the card may do at home; flags that are absent stay as they are"),
        field<&T::international>("What the card may do abroad; flags that are absent stay as they are"),
        field<&T::require_3d_secure>("E-commerce only with 3-D Secure"),
        field<&T::online_pin_required>("Chip transactions need an online PIN"),
        field<&T::active_from>("First day on which the card may be used"),
        field<&T::active_to>("Last day on which the card may be used"),
        field<&T::reset_to_product>("First forgets all flags and dates of the card's own: what this call does not send "
                                    "is the product's again"),
    };
};
template <>
struct Describe<api::CardPolicyResponseDto> {
    using T = api::CardPolicyResponseDto;
    static constexpr std::string_view name = "CardPolicyResponseDto";
    static constexpr std::array fields{
        field<&T::token_id>("The card").required(),
        field<&T::domestic>("What counts at home; what neither card nor product says is allowed").required(),
        field<&T::international>("What counts abroad").required(),
        field<&T::require_3d_secure>("E-commerce only with 3-D Secure").required(),
        field<&T::online_pin_required>("Chip transactions need an online PIN").required(),
        field<&T::active_from>("First day on which the card may be used"),
        field<&T::active_to>("Last day on which the card may be used"),
        field<&T::sources>("Where each of these comes from: the card's own, or its product").required(),
    };
};
template <>
struct Describe<api::CardPhoneNumberUpdateRequestDto> {
    using T = api::CardPhoneNumberUpdateRequestDto;
    static constexpr std::string_view name = "CardPhoneNumberUpdateRequestDto";
    static constexpr std::array fields{
        field<&T::token_id>("The card").required().range(1, api::id_max),
        field<&T::phone_number>("Phone for messages about the card, with country code")
            .required()
            .length(1, 20)
            .masked()
            .example("+905551112233"),
    };
};
template <>
struct Describe<api::UpdateDigitalSlipTypeDto> {
    using T = api::UpdateDigitalSlipTypeDto;
    static constexpr std::string_view name = "UpdateDigitalSlipTypeDto";
    static constexpr std::array fields{
        field<&T::token_id>("The card").required().range(1, api::id_max),
        field<&T::digital_slip_type>("How slips are sent").required().example("Email"),
    };
};
template <>
struct Describe<api::UpdateCardAutoRenewalStatusDto> {
    using T = api::UpdateCardAutoRenewalStatusDto;
    static constexpr std::string_view name = "UpdateCardAutoRenewalStatusDto";
    static constexpr std::array fields{
        field<&T::token_ids>("The cards").required().length(1, 1000),
        field<&T::auto_renewal>("Renewed before they expire").required(),
    };
};
template <>
struct Describe<api::CardAutoRenewalStatusUpdateResult> {
    using T = api::CardAutoRenewalStatusUpdateResult;
    static constexpr std::string_view name = "CardAutoRenewalStatusUpdateResult";
    static constexpr std::array fields{
        field<&T::token_id>("The card").required(),
        field<&T::is_success>("It is as asked for").required(),
        field<&T::error_code>("Why it is not"),
        field<&T::error_message>("The same as a sentence"),
    };
};
template <>
struct Describe<api::UpdateCardAutoRenewalStatusResponseDto> {
    using T = api::UpdateCardAutoRenewalStatusResponseDto;
    static constexpr std::string_view name = "UpdateCardAutoRenewalStatusResponseDto";
    static constexpr std::array fields{
        field<&T::results>("One per card, in the order of the request").required(),
    };
};
template <>
struct Describe<api::UpdateCustomerCardStatusRequestDto> {
    using T = api::UpdateCustomerCardStatusRequestDto;
    static constexpr std::string_view name = "UpdateCustomerCardStatusRequestDto";
    static constexpr std::array fields{
        field<&T::customer_no>("Owner of the cards").required().length(1, 64).example("C-1001"),
        field<&T::status>("New status").required().example("Suspended"),
        field<&T::reason>("Why").required().example("TenantRequest"),
        field<&T::description>("Note about the change").length(0, 500),
        field<&T::excluded_token_ids>("Cards that stay as they are").length(0, 1000),
    };
};
template <>
struct Describe<api::UpdatedCardInfo> {
    using T = api::UpdatedCardInfo;
    static constexpr std::string_view name = "UpdatedCardInfo";
    static constexpr std::array fields{
        field<&T::token_id>("The card").required(),
        field<&T::masked_card_no>("Its number, masked").required(),
        field<&T::old_status>("Status before").required(),
        field<&T::new_status>("Status now").required(),
        field<&T::is_success>("It has the status that was asked for").required(),
        field<&T::error_code>("Why it has not"),
    };
};
template <>
struct Describe<api::UpdateCustomerCardStatusResponseDto> {
    using T = api::UpdateCustomerCardStatusResponseDto;
    static constexpr std::string_view name = "UpdateCustomerCardStatusResponseDto";
    static constexpr std::array fields{
        field<&T::customer_no>("Owner of the cards").required(),
        field<&T::updated_cards>("Every card of the owner but the excluded ones, oldest first").required(),
    };
};
template <>
struct Describe<api::CardRenewalRequestDto> {
    using T = api::CardRenewalRequestDto;
    static constexpr std::string_view name = "CardRenewalRequestDto";
    static constexpr std::array fields{
        field<&T::token_id>("The card").required().range(1, api::id_max),
        field<&T::keep_card_number>("True (unless told): same number and token, new expiry and sequence number; the "
                                    "piece before works until the new one is activated or used at a terminal. False: "
                                    "new number and token; the old card is closed when the new one is activated"),
        field<&T::personalized_name_line_1>("Name on the card; as before unless told").length(0, 26),
        field<&T::personalized_name_line_2>("Second line on the card; as before unless told").length(0, 26),
        field<&T::delivery_address>("Where it goes; as before unless told"),
        field<&T::card_product_code>("Another product, only with a new number").length(1, 30),
        field<&T::reason>("Why; kept as a note on the card").length(0, 200),
    };
};
template <>
struct Describe<api::IssuanceNewCardDto> {
    using T = api::IssuanceNewCardDto;
    static constexpr std::string_view name = "IssuanceNewCardDto";
    static constexpr std::array fields{
        field<&T::issuance_id>("The print order; null when nothing is printed"),
        field<&T::old_token_id>("The card that was renewed").required(),
        field<&T::new_token_id>("The renewed card; the same when the number was kept").required(),
        field<&T::masked_card_no>("Its number, masked").required(),
        field<&T::expire_date>("Its expiry as YYMM").required(),
    };
};
template <>
struct Describe<api::ActivateRenewalRequestDto> {
    using T = api::ActivateRenewalRequestDto;
    static constexpr std::string_view name = "ActivateRenewalRequestDto";
    static constexpr std::array fields{
        field<&T::token_id>("The card whose holder has the renewed piece").required().range(1, api::id_max),
    };
};

}  // namespace takas
