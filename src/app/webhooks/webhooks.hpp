// Registering, changing and ending webhook subscriptions. Where a URL may lead is checked by the door (it knows
// addresses); everything else about a subscription is checked here.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/context/context.hpp"
#include "app/context/seen_version.hpp"
#include "app/webhooks/webhook_secrets.hpp"
#include "core/webhook/webhook.hpp"

namespace takas::app::webhooks {

inline constexpr std::int64_t webhook_count_max = 50;  ///< per institution: each is read at every event
inline constexpr std::int16_t timeout_seconds_max = 30;

/// What a caller says about a subscription. An absent secret keeps the stored one when a subscription is changed,
/// unless the host, scheme or port it is sent to changes.
struct WebhookWish {
    std::vector<std::string> event_names;
    std::string url;
    core::webhook::AuthenticationType authentication_type{};
    std::optional<std::string> user_name;
    std::optional<std::string> password;
    std::optional<std::string> token;
    std::optional<std::string> header_name;
    std::optional<std::string> header_value;
    std::optional<std::string> token_url;
    std::optional<std::string> client_id;
    std::optional<std::string> client_secret;
    std::optional<std::string> scope;  ///< "" takes it away
    std::optional<std::map<std::string, std::string>> custom_headers;
    std::int16_t timeout_seconds = 10;
    std::int16_t max_retry_count = 10;
    bool is_active = true;
};

struct WebhookAndSecrets {
    core::webhook::Webhook webhook;
    WebhookSecrets secrets;
};

/// Events that are committed from now on are delivered. Errors: validation, with every refused field.
Result<WebhookAndSecrets> register_webhook(Context& context, const WebhookWish& wish);

/// Errors: webhook_not_found, validation, concurrent_change (not the version seen). The unit is guarded: a change in
/// between is concurrent_change.
Result<WebhookAndSecrets> update_webhook(Context& context, EntityId id, const WebhookWish& wish, SeenVersion seen = {});

/// A new signing secret, and for how long the old one signs beside it. Error: already_exists while an earlier rotation
/// overlaps, for receivers may know no other secret than the oldest; without an overlap it is ended.
inline constexpr std::int64_t overlap_hours_max = 168;  ///< a week: long enough for any release calendar
Result<WebhookAndSecrets> rotate_secret(Context& context, EntityId id, std::int64_t overlap_hours,
                                        SeenVersion seen = {});

/// Everything that happened since then, up to now, is delivered again, each event under the id of its delivery; what is
/// still under way is not doubled. The server that delivers does it, page by page; a replay that is under way is
/// widened. Errors: webhook_not_found.
Result<core::webhook::Webhook> replay_since(Context& context, EntityId id, Instant since);

/// By id. Errors: those of the store.
Result<std::vector<WebhookAndSecrets>> list_webhooks(const Context& context);

/// What was not delivered yet becomes dead, in commits of its own. Errors: webhook_not_found, unavailable,
/// concurrent_change (not the version seen).
Result<void> unregister_webhook(Context& context, EntityId id, SeenVersion seen = {});

/// Error: webhook_not_found.
Result<core::webhook::Webhook> find_webhook(const Context& context, EntityId id);

/// 0 when nothing ever happened.
Result<std::int64_t> newest_event_sequence_no(ports::Store& store);

}  // namespace takas::app::webhooks
