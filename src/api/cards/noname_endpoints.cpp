#include "api/cards/card_version.hpp"
#include "api/cards/endpoints.hpp"
#include "api/cards/noname_dto.hpp"
#include "api/framework/forwarding.hpp"
#include "base/optional_text.hpp"

namespace takas::api {

using app::cards::BatchView;
using app::cards::NonameWish;
using core::card::CardBatch;
using core::card::CardBatchItem;

namespace {

std::optional<std::string> branch_of(const CardBatch& batch) {
    const auto wish = app::cards::wish_of(batch);
    return wish ? wish->branch_code : std::nullopt;
}

}  // namespace

CardBatchDto to_dto(const CardBatch& b) {
    return {
        b.id,         b.state,        b.card_product_code,         branch_of(b),    b.is_all_or_nothing, b.total_count,
        b.made_count, b.failed_count, optional_text(b.error_code), b.creation_time, b.creator_id,        b.finished_at};
}

CreateCardBulkResponseDto to_dto(const BatchView& view) {
    const CardBatch& b = view.batch;
    CreateCardBulkResponseDto dto{b.id,
                                  b.state,
                                  b.card_product_code,
                                  branch_of(b),
                                  b.is_all_or_nothing,
                                  b.total_count,
                                  b.made_count,
                                  b.failed_count,
                                  optional_text(b.error_code),
                                  b.creation_time,
                                  b.creator_id,
                                  b.finished_at,
                                  {}};
    for (const CardBatchItem& item : view.items) {
        const bool is_success = item.error_code.empty();
        auto& card = dto.cards.emplace_back(item.item_no, is_success);
        card.error_code = optional_text(item.error_code);
        if (!is_success) continue;
        card.token_id = item.token_id;
        card.masked_card_no = item.masked_card_no;
        card.barcode = item.barcode;
        card.expire_date = item.expire_date;
    }
    return dto;
}

namespace {

Result<CreateCardBulkResponseDto> answer_of(const Result<BatchView>& view) {
    if (!view) return std::unexpected(view.error());
    return to_dto(*view);
}

Result<CreateCardBulkResponseDto> create(Call& call, const NonameWish& body) {
    return answer_of(app::cards::create_noname(call.context, body, idempotency_key_of(call)));
}

Result<CreateCardBulkResponseDto> get_batch(Call& call) {
    const auto id = call.path_id<EntityId>("batchId", ErrorCode::card_batch_not_found);
    if (!id) return std::unexpected(id.error());
    return answer_of(app::cards::get_batch(call.context, *id));
}

constexpr std::array sort_columns{SortColumn{"batchId", "id"}, SortColumn{"creationTime", "creation_time"}};

Result<Paged<CardBatchDto>> list_batches(Call& call, const Query<CardBatchListQuery>& query) {
    const auto wish = page_wish(query.value, sort_columns);
    if (!wish) return std::unexpected(wish.error());
    const auto page = app::cards::list_batches(call.context, query.value.state, *wish);
    if (!page) return std::unexpected(page.error());
    Paged<CardBatchDto> answer{page->total_count, {}, page->next_cursor};
    for (const CardBatch& batch : page->rows) answer.items.push_back(to_dto(batch));
    return answer;
}

Result<CardDto> answer_of(const Result<core::card::Card>& card) {
    if (!card) return std::unexpected(card.error());
    return to_dto(*card);
}

Result<CardDto> link(Call& call, const LinkCustomerDto& body) {
    return answer_of(with_version(call, [&](auto* version) {
        return app::cards::link_to_customer(call.context, {.token_id = body.token_id,
                                                           .barcode = body.barcode,
                                                           .customer_no = body.customer_no,
                                                           .personalized_name_line_1 = body.personalized_name_line_1,
                                                           .phone_number = body.phone_number,
                                                           .activates = body.activate.value_or(false),
                                                           .idempotency_key = idempotency_key_of(call),
                                                           .content = call.request().body,
                                                           .version = version});
    }));
}

Result<CardDto> unlink(Call& call, const UnLinkCustomerDto& body) {
    return answer_of(with_version(call, [&](auto* version) {
        return app::cards::unlink_from_customer(call.context, {.token_id = body.token_id,
                                                               .reason = text_or_empty(body.reason),
                                                               .idempotency_key = idempotency_key_of(call),
                                                               .content = call.request().body,
                                                               .version = version});
    }));
}

using enum Method;
using enum ErrorCode;

constexpr std::string_view tag = "Card";

constexpr std::array rows{
    endpoint<&create>(post, "/api/v1/issuing/card/noname", "createNonameCard", tag,
                      "Issue cards without an owner, up to a thousand at a time", Permission::card_write,
                      Idempotency::accepted,
                      {product_not_found, product_inactive, noname_not_allowed, delivery_address_missing, art_not_found,
                       bin_range_exhausted, concurrent_change, outcome_unknown}),
    endpoint<&list_batches>(get, "/api/v1/issuing/card/noname", "getNonameCardBatches", tag,
                            "List batches of cards without an owner", Permission::card_read, Idempotency::none),
    endpoint<&get_batch>(get, "/api/v1/issuing/card/noname/{batchId}", "getNonameCardBatch", tag,
                         "Get a batch with its cards: how far it is, also while it runs", Permission::card_read,
                         Idempotency::none, {card_batch_not_found}),
    with_if_match(with_etag(
        endpoint<&link>(post, "/api/v1/issuing/card/link-customer", "linkNonameCardToCustomer", tag,
                        "Give a card without an owner to a customer", Permission::card_write, Idempotency::accepted,
                        {card_not_found, customer_not_found, card_not_noname, card_already_linked, card_wrong_status,
                         card_limit_reached, product_not_found, concurrent_change, outcome_unknown}))),
    with_if_match(with_etag(endpoint<&unlink>(post, "/api/v1/issuing/card/unlink-customer", "unlinkNonameCard", tag,
                                              "Take a linked card back from its owner", Permission::card_write,
                                              Idempotency::accepted,
                                              {card_not_found, card_not_noname, card_not_linked, card_wrong_status,
                                               card_already_renewed, account_not_empty, outcome_unknown}))),
};

}  // namespace

std::span<const Endpoint> noname_endpoints() { return rows; }

}  // namespace takas::api
