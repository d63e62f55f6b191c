#include "api/cards/endpoints.hpp"

#include "api/cards/card_version.hpp"
#include "api/cards/change_dto.hpp"
#include "api/cards/detail_dto.hpp"
#include "api/framework/forwarding.hpp"
#include "base/optional_text.hpp"

namespace takas::api {
namespace {

using core::card::Card;

Result<CardDto> answer_of(const Result<Card>& card) {
    if (!card) return std::unexpected(card.error());
    return to_dto(*card);
}

Result<CardDto> create_card(Call& call, const CreateCardDto& body) {
    call.on_conflict("customer", body.customer ? ErrorCode::customer_exists : ErrorCode::concurrent_change);
    call.on_conflict("card_number", ErrorCode::concurrent_change);
    return answer_of(app::cards::create_card(call.context, new_card_of(body)));
}

Result<Card> named_card(Call& call) {
    const auto id = call.path_id<TokenId>("tokenId", ErrorCode::card_not_found);
    if (!id) return std::unexpected(id.error());
    if (auto told = tell_version(call, *id); !told) return std::unexpected(std::move(told.error()));
    return app::cards::get_card(call.context, *id);
}

Result<CardDto> get_card(Call& call) { return answer_of(named_card(call)); }

Result<CardDetailDto> get_card_details(Call& call) {
    const auto card = named_card(call);
    if (!card) return std::unexpected(card.error());
    return detail_of(call.context, *card);
}

constexpr std::array sort_columns{
    SortColumn{"tokenId", "token_id"},
    SortColumn{"customerNo", "customer_no"},
    SortColumn{"cardProductCode", "card_product_code"},
    SortColumn{"status", "status"},
    SortColumn{"expireDate", "expire_date"},
    SortColumn{"creationTime", "token_id"},  // ids rise with time
};

Result<FindCardResponseDto> list_cards(Call& call, const Query<CardListQuery>& query) {
    const CardListQuery& q = query.value;
    auto wish = page_wish(q, sort_columns);
    if (!wish) return std::unexpected(std::move(wish.error()));
    const auto page = app::cards::list_cards(
        call.context, {q.token_id, q.customer_no, q.card_product_code, q.masked_card_no, q.barcode, q.status,
                       q.is_noname, q.created_from, q.created_to, std::move(*wish)});
    if (!page) return std::unexpected(page.error());
    FindCardResponseDto answer{page->total_count, {}, page->next_cursor};
    for (const Card& card : page->rows) answer.items.push_back(summary_of(card));
    return answer;
}

IssuanceResultDto result_of(const Result<app::cards::Replacement>& replacement, app::Language language) {
    IssuanceResultDto result;
    result.is_success = replacement.has_value();
    if (!replacement) {
        result.error_code = error_row(replacement.error().code).public_code;
        result.error_description = text_of(replacement.error().code, language);
        return result;
    }
    if (replacement->issuance_id) result.issuance_id = replacement->issuance_id;
    result.new_token_id = replacement->card.token_id;
    result.new_masked_card_no = replacement->card.masked_card_no;
    return result;
}

Result<UpdateCardStatusResponseDto> change_status(Call& call, const CardStatusUpdateRequestDto& body,
                                                  app::cards::CardVersion* version) {
    const app::cards::WantedStatus wanted{
        body.token_id,       body.status, body.reason, text_or_empty(body.description), idempotency_key_of(call),
        call.request().body, version};
    if (!body.create_new_card.value_or(false)) {
        const auto changed = app::cards::change_status(call.context, wanted);
        if (!changed) return std::unexpected(changed.error());
        return to_dto(*changed);
    }
    const auto replaced =
        app::cards::change_status_and_replace(call.context, wanted, {body.issuance, body.delivery_address});
    if (!replaced) return std::unexpected(replaced.error());
    auto answer = to_dto(replaced->status);
    answer.issuance_result = result_of(replaced->replacement, call.context.language);
    return answer;
}

Result<UpdateCardStatusResponseDto> update_status(Call& call, const CardStatusUpdateRequestDto& body) {
    return with_version(call, [&](auto* version) { return change_status(call, body, version); });
}

using enum Method;

constexpr std::string_view tag = "Card";

constexpr std::array rows{
    endpoint<&create_card>(
        post, "/api/v1/issuing/card", "createCard", tag, "Issue a card", Permission::card_write, Idempotency::accepted,
        {ErrorCode::product_not_found, ErrorCode::product_inactive, ErrorCode::customer_not_found,
         ErrorCode::customer_exists, ErrorCode::one_per_type, ErrorCode::segment_not_found, ErrorCode::card_not_found,
         ErrorCode::card_wrong_status, ErrorCode::child_card_not_allowed, ErrorCode::card_not_linked,
         ErrorCode::card_limit_reached, ErrorCode::art_not_found, ErrorCode::delivery_address_missing,
         ErrorCode::bin_range_exhausted, ErrorCode::control_not_found, ErrorCode::control_limit_missing,
         ErrorCode::control_dates_reversed, ErrorCode::card_limit_exceeds, ErrorCode::concurrent_change}),
    endpoint<&list_cards>(get, "/api/v1/issuing/card", "getCardList", tag, "List cards", Permission::card_read,
                          Idempotency::none),
    with_etag(endpoint<&get_card>(get, "/api/v1/issuing/card/{tokenId}", "getCard", tag, "Get a card",
                                  Permission::card_read, Idempotency::none, {ErrorCode::card_not_found})),
    with_etag(endpoint<&get_card_details>(get, "/api/v1/issuing/card/{tokenId}/details", "getCardDetails", tag,
                                          "Get a card with everything that surrounds it", Permission::card_read,
                                          Idempotency::none, {ErrorCode::card_not_found})),
    with_if_match(
        with_etag(endpoint<&update_status>(put, "/api/v1/issuing/card/status", "updateCardStatus", tag,
                                           "Change a card's status", Permission::card_write, Idempotency::accepted,
                                           {ErrorCode::card_not_found, ErrorCode::card_transition_not_allowed,
                                            ErrorCode::card_reason_not_allowed, ErrorCode::outcome_unknown}))),
};

}  // namespace

std::span<const Endpoint> card_endpoints() { return rows; }

}  // namespace takas::api
