#include "api/perso/endpoints.hpp"

#include "api/perso/dto.hpp"
#include "app/cards/cards.hpp"
#include "app/perso/deliveries.hpp"
#include "app/perso/orders.hpp"
#include "base/optional_text.hpp"

namespace takas::api {

using core::perso::Delivery;
using core::perso::Issuance;

IssuanceSummaryDto summary_of(const Issuance& o) {
    return {o.id,
            o.token_id,
            o.masked_card_no,
            optional_text(o.customer_no),
            o.issuance_type,
            o.status,
            optional_text(o.perso_office_code),
            optional_text(o.courier_code),
            o.barcode,
            o.request_time,
            o.last_status_time};
}

IssuanceDetailsDto details_of(const Issuance& o) {
    IssuanceDetailsDto dto{
        summary_of(o), o.delivery_address, optional_text(o.file_name), optional_text(o.error_description), {}};
    for (const auto& step : o.history)
        dto.history.push_back({step.old_status, step.new_status, step.date_time, step.user_id});
    return dto;
}

CardShipmentDetailResponseDto to_dto(const Delivery& d) {
    return {d.barcode,
            optional_text(d.courier_code),
            optional_text(d.courier_no),
            d.status,
            optional_text(d.status_description),
            d.status_time,
            optional_text(d.receiver_name),
            optional_text(d.receiver_relation),
            optional_text(d.branch)};
}

namespace {

constexpr std::array sort_columns{
    SortColumn{"id", "id"},
    SortColumn{"status", "status"},
    SortColumn{"persoOfficeName", "perso_office_code"},
    SortColumn{"requestTime", "request_time"},
    SortColumn{"lastStatusTime", "last_status_time"},
};

Result<Paged<IssuanceSummaryDto>> page_of(const Call& call, const app::perso::OrderQuery& query) {
    const auto page = app::perso::list_orders(call.context, query);
    if (!page) return std::unexpected(page.error());
    Paged<IssuanceSummaryDto> answer{page->total_count, {}, page->next_cursor};
    for (const Issuance& order : page->rows) answer.items.push_back(summary_of(order));
    return answer;
}

Result<Paged<IssuanceSummaryDto>> card_perso_info(Call& call, const Query<CardPersoQuery>& query) {
    const auto id = call.path_id<TokenId>("tokenId", ErrorCode::card_not_found);
    if (!id) return std::unexpected(id.error());
    if (auto card = app::cards::get_card(call.context, *id); !card) return std::unexpected(std::move(card.error()));
    auto wish = page_wish(query.value, sort_columns);
    if (!wish) return std::unexpected(std::move(wish.error()));
    return page_of(call, {.token_id = *id, .page = std::move(*wish)});
}

Result<CardShipmentResponseDto> card_shipment_info(Call& call) {
    const auto id = call.path_id<TokenId>("tokenId", ErrorCode::card_not_found);
    if (!id) return std::unexpected(id.error());
    const auto deliveries = app::perso::deliveries_of_card(call.context, *id);
    if (!deliveries) return std::unexpected(deliveries.error());
    CardShipmentResponseDto answer{*id, {}};
    for (const Delivery& one : *deliveries) answer.shipments.push_back(to_dto(one));
    return answer;
}

Result<Paged<IssuanceSummaryDto>> list_orders(Call& call, const Query<PersoListQuery>& query) {
    const PersoListQuery& q = query.value;
    auto wish = page_wish(q, sort_columns);
    if (!wish) return std::unexpected(std::move(wish.error()));
    return page_of(call, {.perso_office_code = q.perso_office_code,
                          .status = q.status,
                          .ordered_from = q.ordered_from,
                          .ordered_to = q.ordered_to,
                          .page = std::move(*wish)});
}

Result<IssuanceDetailsDto> get_order(Call& call) {
    const auto id = call.path_id<EntityId>("id", ErrorCode::issuance_not_found);
    if (!id) return std::unexpected(id.error());
    const auto order = app::perso::get_order(call.context, *id);
    if (!order) return std::unexpected(order.error());
    return details_of(*order);
}

Result<IssuanceDetailsDto> update_order(Call& call, const PersoStatusUpdateDto& body) {
    const auto id = call.path_id<EntityId>("id", ErrorCode::issuance_not_found);
    if (!id) return std::unexpected(id.error());
    call.on_conflict("issuance", ErrorCode::concurrent_change);
    const auto order = app::perso::change_order_status(
        call.context, {*id, body.status, body.perso_office_code, body.courier_code, text_or_empty(body.courier_no),
                       text_or_empty(body.description)});
    if (!order) return std::unexpected(order.error());
    return details_of(*order);
}

Result<CardShipmentDetailResponseDto> update_delivery(Call& call, const DeliveryStatusUpdateDto& body) {
    const auto delivery = app::perso::change_delivery_status(
        call.context, {std::string(call.path_value("barcode")), body.status, text_or_empty(body.description),
                       body.receiver_name, body.receiver_relation, body.branch, body.courier_no});
    if (!delivery) return std::unexpected(delivery.error());
    return to_dto(*delivery);
}

using enum Method;

constexpr std::string_view tag = "Perso";

constexpr std::array rows{
    endpoint<&card_perso_info>(get, "/api/v1/issuing/card/{tokenId}/perso-info", "getCardPersoInfo", "Card",
                               "List the personalisation orders of a card", Permission::card_read, Idempotency::none,
                               {ErrorCode::card_not_found}),
    endpoint<&card_shipment_info>(get, "/api/v1/issuing/card/{tokenId}/shipment-info", "getCardShipmentInfo", "Card",
                                  "List the shipments of a card", Permission::card_read, Idempotency::none,
                                  {ErrorCode::card_not_found}),
    endpoint<&list_orders>(get, "/api/v1/issuing/perso", "getPersoList", tag, "List personalisation orders",
                           Permission::perso_read, Idempotency::none),
    endpoint<&get_order>(get, "/api/v1/issuing/perso/{id}", "getPerso", tag, "Get a personalisation order",
                         Permission::perso_read, Idempotency::none, {ErrorCode::issuance_not_found}),
    endpoint<&update_order>(
        put, "/api/v1/issuing/perso/{id}/status", "updatePersoStatus", tag, "Move a personalisation order on",
        Permission::perso_write, Idempotency::none,
        {ErrorCode::issuance_not_found, ErrorCode::perso_transition_not_allowed, ErrorCode::perso_office_missing,
         ErrorCode::card_wrong_status, ErrorCode::concurrent_change}),
    endpoint<&update_delivery>(
        put, "/api/v1/issuing/delivery/{barcode}/status", "updateDeliveryStatus", tag, "Say how far a delivery is",
        Permission::perso_write, Idempotency::none,
        {ErrorCode::shipment_not_found, ErrorCode::delivery_transition_not_allowed, ErrorCode::card_wrong_status}),
};

}  // namespace

std::span<const Endpoint> perso_endpoints() { return rows; }

}  // namespace takas::api
