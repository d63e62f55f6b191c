// Bodies and queries of cards (contract 4.2).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "api/controls/card_velocity_dto.hpp"
#include "api/customers/dto.hpp"
#include "app/cards/cards.hpp"
#include "app/cards/create_card.hpp"

namespace takas::api {

struct CreateCardDto {
    std::string card_product_code;
    std::string customer_no;
    std::optional<core::product::ProductType> product_type;
    std::optional<CreateCustomerDto> customer;
    std::optional<std::string> personalized_name_line_1, personalized_name_line_2;
    std::optional<TokenId> parent_token_id;
    std::optional<std::string> phone_number;
    std::optional<EntityId> card_art_id;
    std::optional<std::int64_t> expire_date;
    std::optional<bool> auto_renewal;
    std::optional<core::card::DigitalSlipType> digital_slip_type;
    std::optional<bool> activate_on_create;
    std::optional<core::card::IssuanceWishes> issuance;
    std::optional<core::card::DeliveryAddress> delivery_address;
    std::optional<core::card::DeliveryCommunication> delivery_communication;
    std::optional<core::product::CardPolicy> policy;
    std::vector<NewCardVelocityDto> velocity_controls;
    std::optional<std::string> external_reference;
};

struct CardDto {
    TokenId token_id;
    std::string masked_card_no;
    std::string bin;
    std::optional<std::string> customer_no;
    std::string card_product_code;
    std::string card_product_name;
    core::product::CardDci card_dci{};
    core::product::CardBrand brand{};
    core::product::ProductType product_type{};
    core::card::CardStatus status{};
    std::optional<core::card::CardStatusReason> status_reason;
    core::card::Expiry expire_date;
    std::optional<std::string> personalized_name_line_1, personalized_name_line_2;
    bool is_child_card = false;
    std::optional<TokenId> parent_token_id;
    bool is_noname = false;
    std::int16_t pan_sequence_no = 0;
    std::optional<core::card::Expiry> previous_expire_date;
    std::optional<TokenId> replaces_token_id, replaced_by_token_id;
    std::optional<std::string> barcode;
    std::optional<std::string> phone_number;
    bool auto_renewal = false;
    core::card::DigitalSlipType digital_slip_type{};
    bool pin_set = false;
    std::optional<EntityId> card_art_id;
    std::optional<std::string> external_reference;
    AccountId account_id;
    Instant creation_time;
    std::string creator_id;
};

struct CardSummaryDto {
    TokenId token_id;
    std::string masked_card_no;
    std::optional<std::string> customer_no;
    std::string card_product_code;
    core::card::CardStatus status{};
    core::card::Expiry expire_date;
    core::product::ProductType product_type{};
    Instant creation_time;
};
struct FindCardResponseDto {
    std::int64_t total_count = 0;
    std::vector<CardSummaryDto> items;
    std::string next_cursor;
};
struct CardListQuery : PageFields {
    std::optional<TokenId> token_id;
    std::optional<std::string> customer_no, card_product_code;
    std::optional<core::card::CardStatus> status;
    std::optional<std::string> masked_card_no, barcode;
    std::optional<bool> is_noname;
    std::optional<Instant> created_from, created_to;
};

struct CardStatusUpdateRequestDto {
    TokenId token_id;
    core::card::CardStatus status{};
    core::card::CardStatusReason reason{};
    std::optional<std::string> description;
    std::optional<bool> create_new_card;
    std::optional<core::card::IssuanceWishes> issuance;
    std::optional<core::card::DeliveryAddress> delivery_address;
};
/// What became of a new card that was asked for together with the status.
struct IssuanceResultDto {
    bool is_success = false;
    std::optional<EntityId> issuance_id;
    std::optional<TokenId> new_token_id;
    std::optional<std::string> new_masked_card_no, error_code, error_description;
};
struct UpdateCardStatusResponseDto {
    TokenId token_id;
    core::card::CardStatus old_status{};
    core::card::CardStatus new_status{};
    std::optional<core::card::CardStatusReason> old_reason, new_reason;
    Instant date_time;
    std::optional<IssuanceResultDto> issuance_result;
};

app::cards::NewCard new_card_of(const CreateCardDto& dto);
CardDto to_dto(const core::card::Card& card);
CardSummaryDto summary_of(const core::card::Card& card);
UpdateCardStatusResponseDto to_dto(const app::cards::ChangedStatus& changed);

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::CreateCardDto> {
    using T = api::CreateCardDto;
    static constexpr std::string_view name = "CreateCardDto";
    static constexpr std::array fields{
        field<&T::card_product_code>("Product of the card").required().length(1, 30).example("VIRTUAL-TRY"),
        field<&T::customer_no>("Owner of the card").required().length(1, 64).example("C-1001"),
        field<&T::product_type>("Form of the card, one of the product's; its default form unless told")
            .example("Virtual"),
        field<&T::customer>("Creates the owner together with the card; its customerNo is the one above"),
        field<&T::personalized_name_line_1>("Name on the card; a printed card needs one")
            .length(0, 26)
            .example("AYSE YILMAZ"),
        field<&T::personalized_name_line_2>("Second line on the card").length(0, 26),
        field<&T::parent_token_id>("Main card: this one becomes a child card on its account").range(0, api::id_max),
        field<&T::phone_number>("Phone for messages about the card, with country code")
            .length(0, 20)
            .masked()
            .example("+905551112233"),
        field<&T::card_art_id>("Card art, when it is not the product's").range(0, api::id_max),
        field<&T::expire_date>("Expiry as YYMM; now and the product's validity unless told").example("3602"),
        field<&T::auto_renewal>("Renewed before it expires; as the product unless told"),
        field<&T::digital_slip_type>("How slips are sent; None unless told"),
        field<&T::activate_on_create>("Active from the start; virtual cards only"),
        field<&T::issuance>("How a printed card is made and sent; kept for printing"),
        field<&T::delivery_address>("Where a printed card goes; the customer's address unless told"),
        field<&T::delivery_communication>("How the courier reaches the customer"),
        field<&T::policy>("What the card may be used for, where it differs from the product; kept with the card"),
        field<&T::velocity_controls>("Limits of this card in place of those of velocity controls").length(0, 50),
        field<&T::external_reference>("The institution's own key of the card").length(0, 64),
    };
    static void more_errors(const T& body, Instant now, FieldErrors& errors);
};
template <>
struct Describe<api::CardDto> {
    using T = api::CardDto;
    static constexpr std::string_view name = "CardDto";
    static constexpr std::array fields{
        field<&T::token_id>("What to store instead of the card number").required().example("61234567890"),
        field<&T::masked_card_no>("Card number, masked").required().example("97921234****0018"),
        field<&T::bin>("BIN").required().example("97921234"),
        field<&T::customer_no>("Owner; null for a card without one").example("C-1001"),
        field<&T::card_product_code>("Product").required().example("VIRTUAL-TRY"),
        field<&T::card_product_name>("Name of the product when the card was issued").required(),
        field<&T::card_dci>("Debit, Prepaid or Credit").required(),
        field<&T::brand>("Card scheme").required(),
        field<&T::product_type>("Form of the card").required().example("Virtual"),
        field<&T::status>("Status").required().example("PendingActivation"),
        field<&T::status_reason>("Why it has this status; null before the first change"),
        field<&T::expire_date>("Expiry as YYMM").required().example("3602"),
        field<&T::personalized_name_line_1>("Name on the card"),
        field<&T::personalized_name_line_2>("Second line on the card"),
        field<&T::is_child_card>("Hangs on a main card").required(),
        field<&T::parent_token_id>("The main card"),
        field<&T::is_noname>("Issued without an owner").required(),
        field<&T::pan_sequence_no>("Sequence number of the card").required().example("1"),
        field<&T::previous_expire_date>("Of the piece before a renewal, while it works beside the new one")
            .example("3602"),
        field<&T::replaces_token_id>("The card in whose place it was issued"),
        field<&T::replaced_by_token_id>("The card that was issued in its place"),
        field<&T::barcode>("On the envelope of its newest print order; null when it is not printed"),
        field<&T::phone_number>("Phone for messages about the card").masked(),
        field<&T::auto_renewal>("Renewed before it expires").required(),
        field<&T::digital_slip_type>("How slips are sent").required(),
        field<&T::pin_set>("Has a PIN").required(),
        field<&T::card_art_id>("Card art, when it is not the product's"),
        field<&T::external_reference>("The institution's own key of the card"),
        field<&T::account_id>("Account that the card spends from").required(),
        field<&T::creation_time>("When it was issued").required(),
        field<&T::creator_id>("User who issued it").required(),
    };
};
template <>
struct Describe<api::CardSummaryDto> {
    using T = api::CardSummaryDto;
    static constexpr std::string_view name = "CardSummaryDto";
    static constexpr std::array fields{
        field<&T::token_id>("The card").required(),
        field<&T::masked_card_no>("Card number, masked").required(),
        field<&T::customer_no>("Owner"),
        field<&T::card_product_code>("Product").required(),
        field<&T::status>("Status").required(),
        field<&T::expire_date>("Expiry as YYMM").required(),
        field<&T::product_type>("Form of the card").required(),
        field<&T::creation_time>("When it was issued").required(),
    };
};
template <>
struct Describe<api::FindCardResponseDto> {
    using T = api::FindCardResponseDto;
    static constexpr std::string_view name = "FindCardResponseDto";
    static constexpr std::array fields{
        field<&T::total_count>("How many cards there are on all pages, counted up to 1,000").required(),
        field<&T::items>("The cards of this page").required(),
        field<&T::next_cursor>("For the query parameter cursor of the next page; empty: this was the last page")
            .required(),
    };
};
template <>
struct Describe<api::CardListQuery> {
    using T = api::CardListQuery;
    static constexpr std::string_view name = "CardListQuery";
    static constexpr std::array fields{
        field<&T::token_id>("This card").range(1, api::id_max),
        field<&T::customer_no>("Of this owner").length(1, 64),
        field<&T::card_product_code>("Of this product").length(1, 30),
        field<&T::status>("In this status"),
        field<&T::masked_card_no>("Exactly this masked number").length(1, 19),
        field<&T::barcode>("On the envelope of its newest print order").length(1, 40),
        field<&T::is_noname>("Issued without an owner, or not"),
        field<&T::created_from>("Issued at this time or later"),
        field<&T::created_to>("Issued before this time"),
        api::page_field_skip<T>(),
        api::page_field_max<T>(),
        api::page_field_sorting<T>(),
        api::page_field_cursor<T>(),
    };
};
template <>
struct Describe<api::CardStatusUpdateRequestDto> {
    using T = api::CardStatusUpdateRequestDto;
    static constexpr std::string_view name = "CardStatusUpdateRequestDto";
    static constexpr std::array fields{
        field<&T::token_id>("The card").required().range(1, api::id_max),
        field<&T::status>("New status").required().example("Active"),
        field<&T::reason>("Why").required().example("CustomerRequest"),
        field<&T::description>("Note about the change").length(0, 500),
        field<&T::create_new_card>("A new card in place of this one: with Lost, Stolen and Fraud only"),
        field<&T::issuance>("How the new card is made and sent; as the old one unless told"),
        field<&T::delivery_address>("Where the new card goes; as the old one unless told"),
    };
};
template <>
struct Describe<api::IssuanceResultDto> {
    using T = api::IssuanceResultDto;
    static constexpr std::string_view name = "IssuanceResultDto";
    static constexpr std::array fields{
        field<&T::is_success>("A new card was issued").required(),
        field<&T::issuance_id>("Its print order"),
        field<&T::new_token_id>("The new card"),
        field<&T::new_masked_card_no>("Its number, masked"),
        field<&T::error_code>("Why there is none"),
        field<&T::error_description>("The same as a sentence"),
    };
};
template <>
struct Describe<api::UpdateCardStatusResponseDto> {
    using T = api::UpdateCardStatusResponseDto;
    static constexpr std::string_view name = "UpdateCardStatusResponseDto";
    static constexpr std::array fields{
        field<&T::token_id>("The card").required(),
        field<&T::old_status>("Status before").required(),
        field<&T::new_status>("Status now").required(),
        field<&T::old_reason>("Reason before"),
        field<&T::new_reason>("Reason now"),
        field<&T::date_time>("When it changed").required(),
        field<&T::issuance_result>("The new card, when one was asked for"),
    };
};

}  // namespace takas
