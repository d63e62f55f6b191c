#include "api/webhooks/endpoints.hpp"

#include "api/framework/etag.hpp"
#include "api/webhooks/dto.hpp"
#include "app/catalog/catalog.hpp"
#include "app/events/catalogue.hpp"
#include "app/webhooks/example.hpp"
#include "app/webhooks/render_event.hpp"
#include "core/webhook/event_names.hpp"
#include "net/outbound_guard.hpp"

namespace takas::api {
namespace {

using app::webhooks::WebhookAndSecrets;
using core::webhook::WebhookDelivery;

std::optional<std::string> text_or_null(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

TenantWebHookDto dto_of(const WebhookAndSecrets& w) {
    TenantWebHookDto dto;
    dto.id = w.webhook.id;
    dto.event_names = w.webhook.event_names;
    dto.url = w.webhook.url;
    dto.authentication_type = w.webhook.authentication_type;
    dto.user_name = text_or_null(w.secrets.user_name);
    dto.header_name = text_or_null(w.secrets.header_name);
    dto.token_url = text_or_null(w.secrets.token_url);
    dto.client_id = text_or_null(w.secrets.client_id);
    dto.scope = text_or_null(w.secrets.scope);
    for (const auto& [name, value] : w.secrets.custom_headers) dto.custom_header_names.push_back(name);
    dto.timeout_seconds = w.webhook.timeout_seconds;
    dto.max_retry_count = w.webhook.max_retry_count;
    dto.is_active = w.webhook.is_active;
    dto.creation_time = w.webhook.creation_time;
    dto.switched_off = w.webhook.switched_off;
    dto.switched_off_at = w.webhook.switched_off_at;
    dto.failing_since = w.webhook.failing_since;
    dto.replay_since = w.webhook.replay_since;
    dto.previous_secret_valid_until = w.secrets.previous_valid_until;
    dto.version = w.webhook.version;
    return dto;
}

WebhookDeliveryDto dto_of(const WebhookDelivery& d) {
    WebhookDeliveryDto dto;
    dto.id = d.id;
    dto.webhook_id = d.webhook_id;
    dto.event_name = d.event_kind;
    dto.event_sequence_no = d.event_sequence_no;
    dto.stream_id = d.stream_id;
    dto.state = d.state;
    dto.attempt_count = d.attempt_count;
    if (d.last_status != 0) dto.last_status = d.last_status;
    dto.last_error = text_or_null(d.last_error);
    dto.next_attempt_at = d.next_attempt_at;
    dto.created_at = d.created_at;
    dto.delivered_at = d.delivered_at;
    return dto;
}

bool is_demo(const Call& call) {
    const auto tenant = call.context.services.catalog.tenant(call.context.tenant_id);
    return tenant && tenant->is_demo;
}

Result<void> check_targets(const Call& call, const CreateUpdateTenantWebHookDto& body) {
    const auto checked = net::check_url(body.url, is_demo(call));
    if (!checked) return std::unexpected(checked.error());
    if (!body.token_url || body.token_url->empty()) return {};
    const auto token = net::check_url(*body.token_url, is_demo(call));
    if (!token) return std::unexpected(token.error());
    return {};
}

Result<TenantWebHookDto> register_webhook(Call& call, const CreateUpdateTenantWebHookDto& body) {
    if (auto done = check_targets(call, body); !done) return std::unexpected(std::move(done.error()));
    call.on_conflict("webhook", ErrorCode::concurrent_change);  // others register at the same moment
    const auto made = app::webhooks::register_webhook(call.context, body);
    if (!made) return std::unexpected(made.error());
    set_etag(call, made->webhook.version);
    TenantWebHookDto dto = dto_of(*made);
    dto.signing_secret = made->secrets.signing_secret;
    return dto;
}

Result<TenantWebHookDto> update_webhook(Call& call, const CreateUpdateTenantWebHookDto& body) {
    const auto id = call.path_id<EntityId>("id", ErrorCode::webhook_not_found);
    if (!id) return std::unexpected(id.error());
    if (auto done = check_targets(call, body); !done) return std::unexpected(std::move(done.error()));
    const auto seen = seen_version(call);
    if (!seen) return std::unexpected(seen.error());
    const auto changed = app::webhooks::update_webhook(call.context, *id, body, *seen);
    if (!changed) return std::unexpected(changed.error());
    set_etag(call, changed->webhook.version);
    return dto_of(*changed);
}

Result<std::vector<TenantWebHookDto>> list_webhooks(Call& call) {
    const auto webhooks = app::webhooks::list_webhooks(call.context);
    if (!webhooks) return std::unexpected(webhooks.error());
    std::vector<TenantWebHookDto> answer;
    for (const WebhookAndSecrets& webhook : *webhooks) answer.push_back(dto_of(webhook));
    return answer;
}

Result<NoContent> unregister_webhook(Call& call) {
    const auto id = call.path_id<EntityId>("id", ErrorCode::webhook_not_found);
    if (!id) return std::unexpected(id.error());
    call.on_conflict("webhook", ErrorCode::webhook_not_found);  // somebody else was faster
    const auto seen = seen_version(call);
    if (!seen) return std::unexpected(seen.error());
    if (auto done = app::webhooks::unregister_webhook(call.context, *id, *seen); !done)
        return std::unexpected(std::move(done.error()));
    return NoContent{};
}

Result<TenantWebHookDto> rotate_secret(Call& call, const RotateSecretRequestDto& body) {
    const auto id = call.path_id<EntityId>("id", ErrorCode::webhook_not_found);
    if (!id) return std::unexpected(id.error());
    const auto seen = seen_version(call);
    if (!seen) return std::unexpected(seen.error());
    const auto changed = app::webhooks::rotate_secret(call.context, *id, body.overlap_hours, *seen);
    if (!changed) return std::unexpected(changed.error());
    set_etag(call, changed->webhook.version);
    TenantWebHookDto dto = dto_of(*changed);
    dto.signing_secret = changed->secrets.signing_secret;
    return dto;
}

Result<ReplayResponseDto> replay(Call& call, const ReplayRequestDto& body) {
    const auto id = call.path_id<EntityId>("id", ErrorCode::webhook_not_found);
    if (!id) return std::unexpected(id.error());
    const auto webhook = app::webhooks::replay_since(call.context, *id, body.since);
    if (!webhook) return std::unexpected(webhook.error());
    return ReplayResponseDto{webhook->replay_since.value_or(body.since), webhook->replay_after_sequence_no,
                             webhook->replay_until_sequence_no};
}

void send_example(std::shared_ptr<Call> call, SendExampleRequestDto body, Answer<SendExampleResponseDto> answer) {
    const auto id = call->path_id<EntityId>("id", ErrorCode::webhook_not_found);
    if (!id) return answer(std::unexpected(id.error()));
    app::webhooks::send_example(
        call->context, *id, body.event_name, is_demo(*call),
        [event_name = body.event_name, answer = std::move(answer)](Result<app::webhooks::ExampleSent> sent) mutable {
            if (!sent) return answer(std::unexpected(std::move(sent.error())));
            SendExampleResponseDto dto{event_name, core::webhook::is_success(sent->attempt), {}, {}, {}};
            if (sent->attempt.status != 0) dto.status = sent->attempt.status;
            dto.error = text_or_null(sent->attempt.error);
            dto.body.text = std::move(sent->body);
            answer(std::move(dto));
        });
}

Result<std::vector<WebhookEventDto>> list_events(Call&) {
    std::vector<WebhookEventDto> answer;
    for (const app::events::CatalogueRow& row : app::events::catalogue())
        answer.push_back({row.kind,
                          std::string(core::webhook::delivered_name(row.kind)),
                          std::string(row.summary),
                          row.no_producer.empty(),
                          text_or_null(std::string(row.no_producer)),
                          {app::webhooks::envelope(row.kind, row.example())}});
    return answer;
}

constexpr std::array sort_columns{
    SortColumn{"id", "id"},
    SortColumn{"eventSequenceNo", "event_sequence_no"},
    SortColumn{"state", "state"},
    SortColumn{"createdAt", "created_at"},
    SortColumn{"nextAttemptAt", "next_attempt_at"},
};

Result<Paged<WebhookDeliveryDto>> list_deliveries(Call& call, const Query<WebhookDeliveryListQuery>& query) {
    const WebhookDeliveryListQuery& q = query.value;
    auto wish = page_wish(q, sort_columns);
    if (!wish) return std::unexpected(std::move(wish.error()));
    const auto page =
        app::webhooks::list_deliveries(call.context, {q.webhook_id, q.state, q.event_name, q.from, q.to}, *wish);
    if (!page) return std::unexpected(page.error());
    Paged<WebhookDeliveryDto> answer{page->total_count, {}, page->next_cursor};
    for (const WebhookDelivery& delivery : page->rows) answer.items.push_back(dto_of(delivery));
    return answer;
}

Result<WebhookDeliveryDto> resend_delivery(Call& call) {
    const auto id = call.path_id<EntityId>("id", ErrorCode::delivery_not_found);
    if (!id) return std::unexpected(id.error());
    const auto delivery = app::webhooks::resend(call.context, *id);
    if (!delivery) return std::unexpected(delivery.error());
    return dto_of(*delivery);
}

Result<ResendFailedResponseDto> resend_failed_deliveries(Call& call, const ResendFailedRequestDto& body) {
    const auto resent = app::webhooks::resend_failed(call.context, body.webhook_id, body.since);
    if (!resent) return std::unexpected(resent.error());
    return ResendFailedResponseDto{resent->resent_count, resent->remaining_count};
}

constexpr std::array rows{
    with_etag(endpoint<&register_webhook>(Method::post, "/api/v1/issuing/webhook", "registerWebhook", "Webhook",
                                          "Register a webhook", Permission::webhook_write, Idempotency::accepted,
                                          {ErrorCode::webhook_url_refused})),
    endpoint<&list_webhooks>(Method::get, "/api/v1/issuing/webhook", "listWebhooks", "Webhook",
                             "List the registered webhooks", Permission::webhook_read, Idempotency::none),
    with_if_match(with_etag(endpoint<&update_webhook>(
        Method::put, "/api/v1/issuing/webhook/{id}", "updateWebhook", "Webhook",
        "Change a webhook; absent secrets stay as they are, unless they would go to a new host",
        Permission::webhook_write, Idempotency::none, {ErrorCode::webhook_not_found, ErrorCode::webhook_url_refused}))),
    with_if_match(endpoint<&unregister_webhook>(Method::del, "/api/v1/issuing/webhook/{id}", "unregisterWebhook",
                                                "Webhook", "End a webhook and give up what was not delivered yet",
                                                Permission::webhook_write, Idempotency::none,
                                                {ErrorCode::webhook_not_found})),
    with_if_match(with_etag(endpoint<&rotate_secret>(
        Method::post, "/api/v1/issuing/webhook/{id}/rotate-secret", "rotateWebhookSecret", "Webhook",
        "Replace the signing secret; for a while both sign", Permission::webhook_write, Idempotency::accepted,
        {ErrorCode::webhook_not_found, ErrorCode::already_exists}))),
    endpoint<&replay>(Method::post, "/api/v1/issuing/webhook/{id}/replay", "replayWebhook", "Webhook",
                      "Deliver every event since a time again", Permission::webhook_write, Idempotency::none,
                      {ErrorCode::webhook_not_found}),
    begins_on_worker(endpoint<&send_example>(Method::post, "/api/v1/issuing/webhook/{id}/example", "sendWebhookExample",
                                             "Webhook", "Send an example of an event now and tell how it ended",
                                             Permission::webhook_write, Idempotency::none,
                                             {ErrorCode::webhook_not_found})),
    endpoint<&list_events>(Method::get, "/api/v1/issuing/webhook/event", "listWebhookEvents", "Webhook",
                           "List the published events, with examples", Permission::webhook_read, Idempotency::none),
    endpoint<&list_deliveries>(Method::get, "/api/v1/issuing/webhook/delivery", "listWebhookDeliveries", "Webhook",
                               "List deliveries, newest first", Permission::webhook_read, Idempotency::none),
    endpoint<&resend_delivery>(Method::post, "/api/v1/issuing/webhook/delivery/{id}/resend", "resendWebhookDelivery",
                               "Webhook", "Send a delivery again", Permission::webhook_write, Idempotency::none,
                               {ErrorCode::delivery_not_found, ErrorCode::webhook_not_found}),
    endpoint<&resend_failed_deliveries>(Method::post, "/api/v1/issuing/webhook/delivery/resend-failed",
                                        "resendFailedWebhookDeliveries", "Webhook",
                                        "Send every dead delivery since a time again", Permission::webhook_write,
                                        Idempotency::none, {ErrorCode::webhook_not_found}),
};

}  // namespace

std::span<const Endpoint> webhook_endpoints() { return rows; }

}  // namespace takas::api
