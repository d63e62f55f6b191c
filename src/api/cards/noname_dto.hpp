// Bodies of cards without an owner: made in batches, linked to a customer, unlinked (contract 4.2).
#pragma once

#include "api/cards/dto.hpp"
#include "app/cards/link.hpp"
#include "app/cards/noname_batch.hpp"

namespace takas::api {

struct BulkCardDto {
    std::int32_t item_no = 0;
    bool is_success = false;
    std::optional<TokenId> token_id;
    std::optional<std::string> masked_card_no, barcode;
    std::optional<core::card::Expiry> expire_date;
    std::optional<std::string> error_code;
};
/// A batch, in the list without its cards.
struct CardBatchDto {
    EntityId batch_id;
    core::card::CardBatchState state{};
    std::string card_product_code;
    std::optional<std::string> branch_code;
    bool all_or_nothing = true;
    std::int32_t total_count = 0;
    std::int32_t success_count = 0;
    std::int32_t failed_count = 0;
    std::optional<std::string> error_code;
    Instant creation_time;
    std::string creator_id;
    std::optional<Instant> finish_time;
};
struct CreateCardBulkResponseDto {
    EntityId batch_id;
    core::card::CardBatchState state{};
    std::string card_product_code;
    std::optional<std::string> branch_code;
    bool all_or_nothing = true;
    std::int32_t total_count = 0;
    std::int32_t success_count = 0;
    std::int32_t failed_count = 0;
    std::optional<std::string> error_code;
    Instant creation_time;
    std::string creator_id;
    std::optional<Instant> finish_time;
    std::vector<BulkCardDto> cards;
};
struct CardBatchListQuery : PageFields {
    std::optional<core::card::CardBatchState> state;
};

struct LinkCustomerDto {
    std::optional<TokenId> token_id;
    std::optional<std::string> barcode;
    std::string customer_no;
    std::optional<std::string> personalized_name_line_1, phone_number;
    std::optional<bool> activate;
};
struct UnLinkCustomerDto {
    TokenId token_id;
    std::optional<std::string> reason;
};

CardBatchDto to_dto(const core::card::CardBatch& batch);
CreateCardBulkResponseDto to_dto(const app::cards::BatchView& view);

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::BulkCardDto> {
    using T = api::BulkCardDto;
    static constexpr std::string_view name = "BulkCardDto";
    static constexpr std::array fields{
        field<&T::item_no>("1, 2, 3 ...").required(),
        field<&T::is_success>("The card was made").required(),
        field<&T::token_id>("The card"),
        field<&T::masked_card_no>("Its number, masked"),
        field<&T::barcode>("On its envelope; null when it is not printed"),
        field<&T::expire_date>("Its expiry as YYMM"),
        field<&T::error_code>("Why there is none"),
    };
};
template <>
struct Describe<api::CardBatchDto> {
    using T = api::CardBatchDto;
    static constexpr std::string_view name = "CardBatchDto";
    static constexpr std::array fields{
        field<&T::batch_id>("The batch").required(),
        field<&T::state>("Running, Completed, or Failed (all or nothing, and it became nothing)").required(),
        field<&T::card_product_code>("Product of the cards").required(),
        field<&T::branch_code>("Branch that they are for"),
        field<&T::all_or_nothing>("All cards in one commit or none").required(),
        field<&T::total_count>("How many cards were asked for").required(),
        field<&T::success_count>("How many are made; of a running all-or-nothing batch: how many are prepared")
            .required(),
        field<&T::failed_count>("How many could not be made").required(),
        field<&T::error_code>("What failed first"),
        field<&T::creation_time>("When it was asked for").required(),
        field<&T::creator_id>("Who asked for it").required(),
        field<&T::finish_time>("When it was done"),
    };
};
template <>
struct Describe<api::CreateCardBulkResponseDto> {
    using T = api::CreateCardBulkResponseDto;
    static constexpr std::string_view name = "CreateCardBulkResponseDto";
    static constexpr std::array fields{
        field<&T::batch_id>("The batch").required(),
        field<&T::state>("Running, Completed, or Failed (all or nothing, and it became nothing)").required(),
        field<&T::card_product_code>("Product of the cards").required(),
        field<&T::branch_code>("Branch that they are for"),
        field<&T::all_or_nothing>("All cards in one commit or none").required(),
        field<&T::total_count>("How many cards were asked for").required(),
        field<&T::success_count>("How many are made; of a running all-or-nothing batch: how many are prepared")
            .required(),
        field<&T::failed_count>("How many could not be made").required(),
        field<&T::error_code>("What failed first"),
        field<&T::creation_time>("When it was asked for").required(),
        field<&T::creator_id>("Who asked for it").required(),
        field<&T::finish_time>("When it was done"),
        field<&T::cards>("Its cards so far, in order; of a batch that is all or nothing when it is completed")
            .required(),
    };
};
template <>
struct Describe<api::CardBatchListQuery> {
    using T = api::CardBatchListQuery;
    static constexpr std::string_view name = "CardBatchListQuery";
    static constexpr std::array fields{
        field<&T::state>("In this state"), api::page_field_skip<T>(),   api::page_field_max<T>(),
        api::page_field_sorting<T>(),      api::page_field_cursor<T>(),
    };
};
template <>
struct Describe<api::LinkCustomerDto> {
    using T = api::LinkCustomerDto;
    static constexpr std::string_view name = "LinkCustomerDto";
    static constexpr std::array fields{
        field<&T::token_id>("The card, when it is not named by its barcode").range(1, api::id_max),
        field<&T::barcode>("Barcode on the card's envelope").length(1, 40),
        field<&T::customer_no>("Its owner from now on").required().length(1, 64).example("C-1001"),
        field<&T::personalized_name_line_1>("Name for the card's next renewal; this one stays as it was printed")
            .length(0, 26)
            .example("AYSE YILMAZ"),
        field<&T::phone_number>("Phone for messages about the card, with country code").length(0, 20).masked(),
        field<&T::activate>("Active from now on, when it waits for activation"),
    };
};
template <>
struct Describe<api::UnLinkCustomerDto> {
    using T = api::UnLinkCustomerDto;
    static constexpr std::string_view name = "UnLinkCustomerDto";
    static constexpr std::array fields{
        field<&T::token_id>("The card").required().range(1, api::id_max),
        field<&T::reason>("Why; kept as a note on the card").length(0, 200),
    };
};

}  // namespace takas
