#include "app/webhooks/webhooks.hpp"

#include <array>
#include <utility>

#include "app/events/event_log.hpp"
#include "app/ports/tables.hpp"
#include "app/webhooks/deliveries.hpp"
#include "app/webhooks/wish.hpp"
#include "base/encoding.hpp"

namespace takas::app::webhooks {
namespace {

using core::event::DomainEvent;
using core::webhook::Webhook;
using ports::where;

constexpr std::int64_t list_count_max = 2 * webhook_count_max;  // earlier versions let more in than the limit
constexpr std::size_t signing_secret_bytes = 32;                // the block of what HMAC-SHA-256 can use

std::string new_signing_secret(ports::Random& random) {
    std::array<std::uint8_t, signing_secret_bytes> octets{};
    random.fill(octets);
    return "whsec_" + base64_encode(octets);
}

/// Fewer than the limit, and none but these when the unit is committed: registrations at one moment come one by one.
Result<void> take_place(Context& context) {
    std::vector of_tenant{where<&Webhook::tenant_id>(context.tenant_id)};
    const auto known = context.store().list<Webhook>({of_tenant, {}, 0, webhook_count_max});
    if (!known) return std::unexpected(known.error());
    if (static_cast<std::int64_t>(known->size()) >= webhook_count_max)
        return fail_field("url", "There are 50 webhooks already.", "Zaten 50 webhook kayıtlı.");
    for (const Webhook& one : *known) of_tenant.push_back(where<&Webhook::id>(ports::Compare::not_equal, one.id));
    // Two that only look would both see nobody: the second waits for the first at this row, then looks.
    context.unit.upsert(ports::Meta{"webhook_places:" + std::to_string(context.tenant_id.value), ""});
    context.depend_on_none<Webhook>(std::move(of_tenant));
    return {};
}

Error overlap_is_running() {
    return {ErrorCode::already_exists,
            {},
            {{"overlapHours", "The secret before is still valid until previousSecretValidUntil; 0 ends it now.",
              "Önceki anahtar previousSecretValidUntil anına kadar geçerli; 0 onu hemen sona erdirir."}},
            {}};
}

}  // namespace

Result<std::int64_t> newest_event_sequence_no(ports::Store& store) {
    auto rows = store.list<DomainEvent>({{}, {{member_name<&DomainEvent::sequence_no>, true}}, 0, 1});
    if (!rows) return std::unexpected(std::move(rows.error()));
    return rows->empty() ? 0 : rows->front().sequence_no;
}

Result<Webhook> find_webhook(const Context& context, EntityId id) {
    auto found =
        context.store().find<Webhook>({where<&Webhook::tenant_id>(context.tenant_id), where<&Webhook::id>(id)});
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found) return fail(ErrorCode::webhook_not_found);
    return std::move(**found);
}

namespace {

Result<Webhook> seen_webhook(const Context& context, EntityId id, SeenVersion seen) {
    auto found = find_webhook(context, id);
    if (found)
        if (auto same = check_seen(seen, found->version); !same) return std::unexpected(std::move(same.error()));
    return found;
}

}  // namespace

Result<WebhookAndSecrets> register_webhook(Context& context, const WebhookWish& wish) {
    if (auto room = take_place(context); !room) return std::unexpected(std::move(room.error()));

    WebhookAndSecrets made;
    made.webhook.tenant_id = context.tenant_id;
    made.webhook.id = context.next_id<EntityId>();
    made.webhook.creation_time = context.now;
    if (auto done = apply_wish(wish, context.now, made.webhook, made.secrets); !done)
        return std::unexpected(std::move(done.error()));
    made.secrets.signing_secret = new_signing_secret(context.services.random);
    if (auto done = seal(context.services.secret_box, made.secrets, made.webhook); !done)
        return std::unexpected(std::move(done.error()));
    const auto newest = newest_event_sequence_no(context.store());
    if (!newest) return std::unexpected(newest.error());
    made.webhook.starts_after_sequence_no = *newest;
    context.unit.insert(made.webhook);
    return made;
}

Result<WebhookAndSecrets> update_webhook(Context& context, EntityId id, const WebhookWish& wish, SeenVersion seen) {
    auto stored = seen_webhook(context, id, seen);
    if (!stored) return std::unexpected(std::move(stored.error()));
    auto secrets = open(context.services.secret_box, *stored);
    if (!secrets) return std::unexpected(std::move(secrets.error()));

    WebhookAndSecrets changed{std::move(*stored), std::move(*secrets)};
    const bool was_active = changed.webhook.is_active;
    const std::int64_t version = changed.webhook.version++;
    if (auto done = apply_wish(wish, context.now, changed.webhook, changed.secrets); !done)
        return std::unexpected(std::move(done.error()));
    if (auto done = seal(context.services.secret_box, changed.secrets, changed.webhook); !done)
        return std::unexpected(std::move(done.error()));
    if (!was_active && changed.webhook.is_active) {
        // What happened while it was switched off is not sent.
        const auto newest = newest_event_sequence_no(context.store());
        if (!newest) return std::unexpected(newest.error());
        changed.webhook.starts_after_sequence_no = *newest;
    }
    context.unit.update(changed.webhook, version);
    return changed;
}

Result<WebhookAndSecrets> rotate_secret(Context& context, EntityId id, std::int64_t overlap_hours, SeenVersion seen) {
    auto stored = seen_webhook(context, id, seen);
    if (!stored) return std::unexpected(std::move(stored.error()));
    auto secrets = open(context.services.secret_box, *stored);
    if (!secrets) return std::unexpected(std::move(secrets.error()));
    WebhookAndSecrets changed{std::move(*stored), std::move(*secrets)};
    WebhookSecrets& kept = changed.secrets;
    const bool overlaps = kept.previous_valid_until && context.now < *kept.previous_valid_until;
    if (overlaps && overlap_hours > 0) return std::unexpected(overlap_is_running());
    kept.previous_signing_secret = std::exchange(kept.signing_secret, new_signing_secret(context.services.random));
    kept.previous_valid_until = context.now.plus_seconds(overlap_hours * 3'600);
    if (overlap_hours == 0) {
        kept.previous_signing_secret.clear();
        kept.previous_valid_until.reset();
    }
    const std::int64_t version = changed.webhook.version++;
    if (auto done = seal(context.services.secret_box, kept, changed.webhook); !done)
        return std::unexpected(std::move(done.error()));
    context.unit.update(changed.webhook, version);
    return changed;
}

Result<Webhook> replay_since(Context& context, EntityId id, Instant since) {
    auto webhook = find_webhook(context, id);
    if (!webhook) return webhook;
    const auto newest = newest_event_sequence_no(context.store());
    if (!newest) return std::unexpected(newest.error());
    const auto before = events::last_before(context.store(), since, *newest);
    if (!before) return std::unexpected(before.error());
    const bool is_wider = webhook->replay_since && *webhook->replay_since < since;
    if (!is_wider) webhook->replay_since = since;
    const bool is_behind = is_wider && webhook->replay_after_sequence_no < *before;
    if (!is_behind) webhook->replay_after_sequence_no = *before;
    webhook->replay_until_sequence_no = *newest;
    const std::int64_t version = webhook->version++;
    context.unit.update(*webhook, version);
    return webhook;
}

Result<std::vector<WebhookAndSecrets>> list_webhooks(const Context& context) {
    auto rows = context.store().list<Webhook>({{where<&Webhook::tenant_id>(context.tenant_id)}, {}, 0, list_count_max});
    if (!rows) return std::unexpected(std::move(rows.error()));
    std::vector<WebhookAndSecrets> out;
    for (Webhook& webhook : *rows) {
        auto secrets = open(context.services.secret_box, webhook);
        if (!secrets) return std::unexpected(std::move(secrets.error()));
        out.push_back({std::move(webhook), std::move(*secrets)});
    }
    return out;
}

Result<void> unregister_webhook(Context& context, EntityId id, SeenVersion seen) {
    auto stored = seen_webhook(context, id, seen);
    if (!stored) return std::unexpected(std::move(stored.error()));
    if (seen) context.unit.require(*stored, stored->version);
    if (auto done = bury_open_deliveries(context.store(), id); !done) return done;
    context.unit.erase(std::move(*stored));
    // What was made or came back while it went.
    context.after_commit.emplace_back(
        [&store = context.store(), id] { static_cast<void>(bury_open_deliveries(store, id)); });
    return {};
}

}  // namespace takas::app::webhooks
