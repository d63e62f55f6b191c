// Webhook subscriptions and the deliveries they cause.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/describe.hpp"
#include "base/strong_id.hpp"
#include "core/event/event.hpp"

namespace takas::core::webhook {

enum class AuthenticationType : std::uint8_t { none, basic, bearer, api_key, o_auth_2_client_credentials };

/// The first two are open: an answer is still wanted.
enum class DeliveryState : std::uint8_t {
    pending = 0,    ///< the head of its stream: sent when next_attempt_at comes
    queued = 1,     ///< waits until an earlier delivery of its stream is finished
    delivered = 2,  ///< answered with 2xx
    dead = 3,       ///< given up; can be resent
};
/// Why nothing is sent, while is_active is false.
enum class SwitchedOff : std::uint8_t {
    no = 0,
    by_institution = 1,
    receiver_gone = 2,  ///< it answered 410
    failing = 3,        ///< nothing reached it for five days
};

constexpr bool is_open(DeliveryState state) { return state <= DeliveryState::queued; }

struct Webhook {
    TenantId tenant_id;
    EntityId id;
    std::vector<std::string> event_names;  ///< "*" is all
    std::string url;
    AuthenticationType authentication_type{};
    Blob secrets_sealed;  ///< signing secret and credentials, AES-256-GCM, bound to the id
    std::int16_t timeout_seconds = 10;
    std::int16_t max_retry_count = 10;
    bool is_active = true;                      ///< while it is not, its deliveries wait
    std::int64_t starts_after_sequence_no = 0;  ///< events after this one are delivered
    Instant creation_time;
    SwitchedOff switched_off{};
    std::optional<Instant> switched_off_at;
    std::optional<Instant> failing_since;       ///< the first failure after the last success
    std::optional<Instant> replay_since;        ///< a replay is under way: events since then are delivered again
    std::int64_t replay_after_sequence_no = 0;  ///< how far it got
    std::int64_t replay_until_sequence_no = 0;  ///< the last event it reads
    std::int64_t version = 1;
};

/// One event on its way to one subscriber. Of the deliveries with one webhook and one stream, one at a time is pending.
struct WebhookDelivery {
    TenantId tenant_id;
    EntityId webhook_id;
    EntityId id;
    std::int64_t event_sequence_no = 0;
    event::EventKind event_kind{};
    std::int64_t stream_id = 0;
    DeliveryState state{};
    std::int16_t attempt_count = 0;  ///< since it was made or resent
    std::int32_t last_status = 0;    ///< HTTP status of the last attempt, 0 when none came
    std::string last_error;          ///< one machine word
    std::optional<Instant> next_attempt_at;
    Instant created_at;
    std::optional<Instant> delivered_at;
};

/// How far the fan-out has read the event log, and which server does it: one at a time delivers. Every commit of the
/// holder is guarded by the version, which rises when another server takes over.
struct FanOutCursor {
    std::int64_t id = 1;
    std::int64_t sequence_no = 0;
    std::int64_t version = 1;
    std::int32_t holder_node = 0;
    Instant held_until;  ///< then another server may take over
};

}  // namespace takas::core::webhook

namespace takas {

template <>
struct EnumNames<core::webhook::AuthenticationType> {
    using E = core::webhook::AuthenticationType;
    static constexpr std::string_view name = "WebhookAuthenticationType";
    static constexpr std::array values{named(E::none, "None"), named(E::basic, "Basic"), named(E::bearer, "Bearer"),
                                       named(E::api_key, "ApiKey"),
                                       named(E::o_auth_2_client_credentials, "OAuth2ClientCredentials")};
};
template <>
struct EnumNames<core::webhook::SwitchedOff> {
    using E = core::webhook::SwitchedOff;
    static constexpr std::string_view name = "WebhookSwitchedOff";
    static constexpr std::array values{named(E::no, "No"), named(E::by_institution, "ByInstitution"),
                                       named(E::receiver_gone, "ReceiverGone"), named(E::failing, "Failing")};
};
template <>
struct EnumNames<core::webhook::DeliveryState> {
    using E = core::webhook::DeliveryState;
    static constexpr std::string_view name = "WebhookDeliveryState";
    static constexpr std::array values{named(E::pending, "Pending"), named(E::queued, "Queued"),
                                       named(E::delivered, "Delivered"), named(E::dead, "Dead")};
};
template <>
struct Describe<core::webhook::Webhook> {
    using T = core::webhook::Webhook;
    static constexpr std::string_view name = "Webhook";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::id, &T::event_names, &T::url, &T::authentication_type, &T::secrets_sealed,
                &T::timeout_seconds, &T::max_retry_count, &T::is_active, &T::starts_after_sequence_no,
                &T::creation_time, &T::switched_off, &T::switched_off_at, &T::failing_since, &T::replay_since,
                &T::replay_after_sequence_no, &T::replay_until_sequence_no, &T::version>;
};
template <>
struct Describe<core::webhook::WebhookDelivery> {
    using T = core::webhook::WebhookDelivery;
    static constexpr std::string_view name = "WebhookDelivery";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::webhook_id, &T::id, &T::event_sequence_no, &T::event_kind, &T::stream_id, &T::state,
                &T::attempt_count, &T::last_status, &T::last_error, &T::next_attempt_at, &T::created_at,
                &T::delivered_at>;
};
template <>
struct Describe<core::webhook::FanOutCursor> {
    using T = core::webhook::FanOutCursor;
    static constexpr std::string_view name = "FanOutCursor";
    static constexpr auto& fields = columns<&T::id, &T::sequence_no, &T::version, &T::holder_node, &T::held_until>;
};

}  // namespace takas
