// Bodies and queries of the webhook endpoints (contract 4.8 and 0.1).
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/framework/page.hpp"
#include "app/webhooks/deliveries.hpp"
#include "app/webhooks/webhooks.hpp"
#include "core/webhook/webhook.hpp"

namespace takas::api {

struct CreateUpdateTenantWebHookDto : app::webhooks::WebhookWish {};

struct TenantWebHookDto {
    EntityId id;
    std::vector<std::string> event_names;
    std::string url;
    core::webhook::AuthenticationType authentication_type{};
    std::optional<std::string> user_name;
    std::optional<std::string> header_name;
    std::optional<std::string> token_url;
    std::optional<std::string> client_id;
    std::optional<std::string> scope;
    std::vector<std::string> custom_header_names;
    std::int16_t timeout_seconds = 0;
    std::int16_t max_retry_count = 0;
    bool is_active = false;
    Instant creation_time;
    core::webhook::SwitchedOff switched_off{};
    std::optional<Instant> switched_off_at;
    std::optional<Instant> failing_since;
    std::optional<Instant> replay_since;
    std::optional<Instant> previous_secret_valid_until;
    std::int64_t version = 0;
    std::optional<std::string> signing_secret;
};

struct WebhookDeliveryDto {
    EntityId id;
    EntityId webhook_id;
    core::event::EventKind event_name{};
    std::int64_t event_sequence_no = 0;
    std::int64_t stream_id = 0;
    core::webhook::DeliveryState state{};
    std::int16_t attempt_count = 0;
    std::optional<std::int32_t> last_status;
    std::optional<std::string> last_error;
    std::optional<Instant> next_attempt_at;
    Instant created_at;
    std::optional<Instant> delivered_at;
};

struct WebhookDeliveryListQuery : PageFields {
    std::optional<EntityId> webhook_id;
    std::optional<core::webhook::DeliveryState> state;
    std::optional<core::event::EventKind> event_name;
    std::optional<Instant> from;
    std::optional<Instant> to;
};

struct RotateSecretRequestDto {
    std::int16_t overlap_hours = 24;
};

struct ReplayRequestDto {
    Instant since;
};

struct ReplayResponseDto {
    Instant since;
    std::int64_t after_sequence_no = 0;
    std::int64_t until_sequence_no = 0;
};

struct SendExampleRequestDto {
    core::event::EventKind event_name{};
};

struct SendExampleResponseDto {
    core::event::EventKind event_name{};
    bool is_success = false;
    std::optional<std::int32_t> status;
    std::optional<std::string> error;
    RawJson body;
};

struct WebhookEventDto {
    core::event::EventKind event_name{};
    std::string delivered_name;
    std::string summary;
    bool is_produced = false;
    std::optional<std::string> not_produced_because;
    RawJson example;
};

struct ResendFailedRequestDto {
    EntityId webhook_id;
    Instant since;
};

struct ResendFailedResponseDto {
    std::int64_t resent_count = 0;
    std::int64_t remaining_count = 0;
};

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::CreateUpdateTenantWebHookDto> {
    using T = app::webhooks::WebhookWish;
    static constexpr std::string_view name = "CreateUpdateTenantWebHookDto";
    static constexpr auto fields = std::array{
        field<&T::event_names>("Names of the wanted events, or * for all").required().length(1, 32),
        field<&T::url>("Where to post: https and a public host; loopback for demo institutions")
            .required()
            .length(1, 2048)
            .example("https://bank.example/takas/events"),
        field<&T::authentication_type>("How the request proves who sends it; the signatures are always there")
            .required()
            .example("None"),
        field<&T::user_name>("For Basic").length(0, 256),
        field<&T::password>("For Basic; write-only").length(0, 256).secret(),
        field<&T::token>("For Bearer; write-only").length(0, 1024).secret(),
        field<&T::header_name>("For ApiKey").length(0, 64).example("X-Api-Key"),
        field<&T::header_value>("For ApiKey; write-only").length(0, 1024).secret(),
        field<&T::token_url>("For OAuth2ClientCredentials: where a token is asked for; as url")
            .length(0, 1024)
            .example("https://login.bank.example/token"),
        field<&T::client_id>("For OAuth2ClientCredentials").length(0, 256),
        field<&T::client_secret>("For OAuth2ClientCredentials; write-only").length(0, 1024).secret(),
        field<&T::scope>("For OAuth2ClientCredentials: what the token is asked for").length(0, 256).example("events"),
        field<&T::custom_headers>("Further headers; write-only. Absent in an update: those before are kept").secret(),
        field<&T::timeout_seconds>("How long an answer may take")
            .range(1, app::webhooks::timeout_seconds_max)
            .example("10"),
        field<&T::max_retry_count>("How often a failed delivery is tried again").range(0, 10).example("10"),
        field<&T::is_active>("While false nothing is sent").example("true"),
    };
};
template <>
struct Describe<api::TenantWebHookDto> {
    using T = api::TenantWebHookDto;
    static constexpr std::string_view name = "TenantWebHookDto";
    static constexpr auto fields = std::array{
        field<&T::id>("Number given by the platform").example("61234567890"),
        field<&T::event_names>("Names of the wanted events, or *"),
        field<&T::url>("Where is posted").example("https://bank.example/takas/events"),
        field<&T::authentication_type>("How the request proves who sends it").example("None"),
        field<&T::user_name>("Of Basic"),
        field<&T::header_name>("Of ApiKey").example("X-Api-Key"),
        field<&T::token_url>("Of OAuth2ClientCredentials").example("https://login.bank.example/token"),
        field<&T::client_id>("Of OAuth2ClientCredentials"),
        field<&T::scope>("Of OAuth2ClientCredentials").example("events"),
        field<&T::custom_header_names>("Names of the further headers"),
        field<&T::timeout_seconds>("How long an answer may take").example("10"),
        field<&T::max_retry_count>("How often a failed delivery is tried again").example("10"),
        field<&T::is_active>("Whether anything is sent").example("true"),
        field<&T::creation_time>("When it was registered").example("2031-03-01T10:00:00Z"),
        field<&T::switched_off>(
            "Why nothing is sent: by an update; the receiver answered 410; it failed for five days"),
        field<&T::switched_off_at>("Since when nothing is sent"),
        field<&T::failing_since>("The first failed attempt since the last success"),
        field<&T::replay_since>("A replay is under way, of events since then"),
        field<&T::previous_secret_valid_until>("The replaced signing secret signs beside the new one until then"),
        field<&T::version>("Of the record: for If-Match. It moves with every change, also of how deliveries fare")
            .example("1"),
        field<&T::signing_secret>("Shown once, in the answer that made it. Key of webhook-signature: what follows "
                                  "whsec_, base64-decoded; key of X-Webhook-Signature: the text itself")
            .example("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
    };
};
template <>
struct Describe<api::WebhookDeliveryDto> {
    using T = api::WebhookDeliveryDto;
    static constexpr std::string_view name = "WebhookDeliveryDto";
    static constexpr auto fields = std::array{
        field<&T::id>("The webhook-id header of every attempt").example("61234567891"),
        field<&T::webhook_id>("The subscription").example("61234567890"),
        field<&T::event_name>("Name of the event").example("CardCreated"),
        field<&T::event_sequence_no>("Place of the event in the order of all events").example("1042"),
        field<&T::stream_id>("What the order of delivery holds for: a card's token id, or a customer id").example("95"),
        field<&T::state>("Pending: next to be sent. Queued: waits for an earlier one of its stream. Delivered. Dead: "
                         "given up"),
        field<&T::attempt_count>("Attempts so far").example("1"),
        field<&T::last_status>("HTTP status of the last attempt; null when no answer came").example("200"),
        field<&T::last_error>("Why no answer came, one word").example("timeout"),
        field<&T::next_attempt_at>("When it is sent next"),
        field<&T::created_at>("When the delivery was made").example("2031-03-01T10:00:00Z"),
        field<&T::delivered_at>("When it was answered with 2xx"),
    };
};
template <>
struct Describe<api::WebhookDeliveryListQuery> {
    using T = api::WebhookDeliveryListQuery;
    static constexpr std::string_view name = "WebhookDeliveryListQuery";
    static constexpr auto fields = std::array{
        field<&T::webhook_id>("Of this subscription"),
        field<&T::state>("In this state"),
        field<&T::event_name>("Of this event"),
        field<&T::from>("Made at or after"),
        field<&T::to>("Made before"),
        api::page_field_skip<T>(),
        api::page_field_max<T>(),
        api::page_field_sorting<T>(),
        api::page_field_cursor<T>(),
    };
};
template <>
struct Describe<api::RotateSecretRequestDto> {
    using T = api::RotateSecretRequestDto;
    static constexpr std::string_view name = "RotateWebhookSecretRequestDto";
    static constexpr auto fields = std::array{
        field<&T::overlap_hours>("For how long the old secret signs beside the new one; 0: it ends at once")
            .range(0, app::webhooks::overlap_hours_max)
            .example("24"),
    };
};
template <>
struct Describe<api::ReplayRequestDto> {
    using T = api::ReplayRequestDto;
    static constexpr std::string_view name = "ReplayWebhookRequestDto";
    static constexpr auto fields = std::array{
        field<&T::since>("Events that happened at or after").required().example("2031-03-01T00:00:00Z"),
    };
};
template <>
struct Describe<api::ReplayResponseDto> {
    using T = api::ReplayResponseDto;
    static constexpr std::string_view name = "ReplayWebhookResponseDto";
    static constexpr auto fields = std::array{
        field<&T::since>("Events that happened at or after").example("2031-03-01T00:00:00Z"),
        field<&T::after_sequence_no>("The replay goes on after this event").example("1042"),
        field<&T::until_sequence_no>("The last event it reaches").example("2041"),
    };
};
template <>
struct Describe<api::SendExampleRequestDto> {
    using T = api::SendExampleRequestDto;
    static constexpr std::string_view name = "SendWebhookExampleRequestDto";
    static constexpr auto fields = std::array{
        field<&T::event_name>("Of which event").required().example("CardCreated"),
    };
};
template <>
struct Describe<api::SendExampleResponseDto> {
    using T = api::SendExampleResponseDto;
    static constexpr std::string_view name = "SendWebhookExampleResponseDto";
    static constexpr auto fields = std::array{
        field<&T::event_name>("Of which event").example("CardCreated"),
        field<&T::is_success>("The receiver answered 2xx").example("true"),
        field<&T::status>("HTTP status of the answer; null when none came").example("200"),
        field<&T::error>("Why no answer came, one word").example("timeout"),
        field<&T::body>("What was sent"),
    };
};
template <>
struct Describe<api::WebhookEventDto> {
    using T = api::WebhookEventDto;
    static constexpr std::string_view name = "WebhookEventDto";
    static constexpr auto fields = std::array{
        field<&T::event_name>("Name in subscriptions").example("CardCreated"),
        field<&T::delivered_name>("Name in deliveries").example("CardCreated"),
        field<&T::summary>("When it happens").example("A card was issued."),
        field<&T::is_produced>("Whether this server sends it").example("true"),
        field<&T::not_produced_because>("Why not"),
        field<&T::example>("An example of the whole body"),
    };
};
template <>
struct Describe<api::ResendFailedRequestDto> {
    using T = api::ResendFailedRequestDto;
    static constexpr std::string_view name = "ResendFailedRequestDto";
    static constexpr auto fields = std::array{
        field<&T::webhook_id>("The subscription").required().example("61234567890"),
        field<&T::since>("Deliveries made at or after").required().example("2031-03-01T00:00:00Z"),
    };
};
template <>
struct Describe<api::ResendFailedResponseDto> {
    using T = api::ResendFailedResponseDto;
    static constexpr std::string_view name = "ResendFailedResponseDto";
    static constexpr auto fields = std::array{
        field<&T::resent_count>("Deliveries that are sent again").example("12"),
        field<&T::remaining_count>("Dead ones left: ask again for them").example("0"),
    };
};

}  // namespace takas
