#include "notify/replay.hpp"

#include <algorithm>

#include "app/events/event_log.hpp"
#include "app/ports/tables.hpp"
#include "core/webhook/event_names.hpp"
#include "notify/stream_order.hpp"

namespace takas::notify {
namespace {

using app::ports::where;
using core::event::DomainEvent;
using core::webhook::Webhook;
using core::webhook::WebhookDelivery;

/// Each event costs a look-up or two: short pages leave the thread to what happens now.
constexpr std::int64_t page_size = 200;

bool wants(const Webhook& webhook, const DomainEvent& event) {
    return webhook.tenant_id == event.tenant_id && event.occurred_at >= *webhook.replay_since &&
           core::webhook::wants(webhook.event_names, event.kind);
}

/// Its delivery as it stands, or a new one.
Result<WebhookDelivery> delivery_of(app::ports::Store& store, const Webhook& webhook, const DomainEvent& event) {
    auto found = store.find<WebhookDelivery>({where<&WebhookDelivery::webhook_id>(webhook.id),
                                              where<&WebhookDelivery::event_sequence_no>(event.sequence_no)});
    if (!found) return std::unexpected(std::move(found.error()));
    if (*found) return std::move(**found);
    WebhookDelivery made;
    made.tenant_id = event.tenant_id;
    made.webhook_id = webhook.id;
    made.event_sequence_no = event.sequence_no;
    made.event_kind = event.kind;
    made.stream_id = event.stream_id;
    return made;
}

Result<void> add_delivery(app::ports::Store& store, app::ids::IdSource& ids, const DomainEvent& event, Instant now,
                          StreamOrder& order, ReplayPage& page) {
    auto delivery = delivery_of(store, page.webhook, event);
    if (!delivery) return std::unexpected(std::move(delivery.error()));
    const bool is_new = delivery->id == EntityId{};
    if (!is_new && core::webhook::is_open(delivery->state)) return {};
    const auto waits = order.must_wait(page.webhook.id, event.stream_id);
    if (!waits) return std::unexpected(waits.error());
    delivery->attempt_count = 0;
    delivery->delivered_at.reset();
    enqueue(*delivery, *waits, now);
    if (is_new) {
        delivery->id = ids.next<EntityId>();
        delivery->created_at = now;
        page.unit.insert(std::move(*delivery));
    } else {
        page.unit.update(std::move(*delivery));
    }
    return {};
}

}  // namespace

Result<ReplayPage> next_replay_page(app::ports::Store& store, app::ids::IdSource& ids, const Webhook& webhook,
                                    std::int64_t fanned_out_sequence_no, Instant now) {
    ReplayPage page{{}, webhook};
    const auto events = app::events::read_after(store, webhook.replay_after_sequence_no, page_size);
    if (!events) return std::unexpected(events.error());
    StreamOrder order(store);
    for (const DomainEvent& event : *events) {
        if (event.sequence_no > std::min(webhook.replay_until_sequence_no, fanned_out_sequence_no)) break;
        page.webhook.replay_after_sequence_no = event.sequence_no;
        if (!wants(page.webhook, event)) continue;
        if (auto done = add_delivery(store, ids, event, now, order, page); !done)
            return std::unexpected(std::move(done.error()));
    }
    // The last event may have been removed meanwhile: then there is nothing left to read either.
    const bool is_done = page.webhook.replay_after_sequence_no >= webhook.replay_until_sequence_no || events->empty();
    if (is_done) page.webhook.replay_since.reset();
    const bool moved = is_done || page.webhook.replay_after_sequence_no != webhook.replay_after_sequence_no;
    if (!moved) return page;
    const std::int64_t version = page.webhook.version++;
    page.unit.update(page.webhook, version);
    return page;
}

}  // namespace takas::notify
