#include "app/archive/needed.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/ids/id_source.hpp"
#include "app/ports/tables.hpp"
#include "app/verify/windows.hpp"
#include "core/webhook/event_names.hpp"

namespace takas::app::archive {
namespace {

using core::authorization::CardTransaction;
using core::event::DomainEvent;
using core::webhook::DeliveryState;
using core::webhook::FanOutCursor;
using core::webhook::Webhook;
using core::webhook::WebhookDelivery;
using ports::Compare;
using ports::where;

constexpr std::int64_t webhooks_max = 100'000;  // more were never registered

bool wants(const Webhook& webhook, const DomainEvent& event) {
    return webhook.tenant_id == event.tenant_id && event.sequence_no > webhook.starts_after_sequence_no &&
           core::webhook::wants(webhook.event_names, event.kind);
}

/// Of the deliveries of one subscription that are not finished, the one with the oldest event.
Result<std::optional<Instant>> oldest_open(ports::Store& store, EntityId webhook_id) {
    std::optional<Instant> oldest;
    for (const DeliveryState state : {DeliveryState::pending, DeliveryState::queued}) {
        const auto open = store.list<WebhookDelivery>(
            {{where<&WebhookDelivery::webhook_id>(webhook_id), where<&WebhookDelivery::state>(state)},
             {{member_name<&WebhookDelivery::event_sequence_no>}},
             0,
             1});
        if (!open) return std::unexpected(open.error());
        if (open->empty()) continue;
        const auto event = store.find<DomainEvent>({where<&DomainEvent::sequence_no>(open->front().event_sequence_no)});
        if (!event) return std::unexpected(event.error());
        // An event that is gone cannot be delivered: the delivery will die of it by itself.
        if (*event) oldest = std::min(oldest.value_or((*event)->occurred_at), (*event)->occurred_at);
    }
    return oldest;
}

}  // namespace

Result<std::optional<Instant>> first_awaited(ports::Store& store, Instant before) {
    const auto webhooks = store.list<Webhook>({{}, {}, 0, webhooks_max});
    if (!webhooks) return std::unexpected(webhooks.error());
    std::optional<Instant> first;
    if (webhooks->empty()) return first;
    for (const Webhook& webhook : *webhooks) {
        const auto oldest = oldest_open(store, webhook.id);
        if (!oldest) return std::unexpected(oldest.error());
        if (*oldest && **oldest < before) first = std::min(first.value_or(**oldest), **oldest);
    }
    const auto cursor = store.find<FanOutCursor>({where<&FanOutCursor::id>(1)});
    if (!cursor) return std::unexpected(cursor.error());
    DomainEvent event;
    auto done = store.scan(ports::table_of<DomainEvent>(),
                           {{where<&DomainEvent::sequence_no>(Compare::greater, *cursor ? (*cursor)->sequence_no : 0),
                             where<&DomainEvent::occurred_at>(Compare::less, first.value_or(before))},
                            {},
                            0,
                            std::numeric_limits<std::int64_t>::max()},
                           {[&]() -> void* { return &(event = DomainEvent{}); },
                            [&] {
                                const bool is_wanted = std::ranges::any_of(
                                    *webhooks, [&](const Webhook& webhook) { return wants(webhook, event); });
                                if (is_wanted) first = std::min(first.value_or(event.occurred_at), event.occurred_at);
                                return !is_wanted;
                            }});
    if (!done) return std::unexpected(std::move(done.error()));
    return first;
}

Result<std::string> obstacle(ports::Store& store, Instant until) {
    const auto holding = verify::first_of<CardTransaction>(
        store, {{where<&CardTransaction::transaction_id>(Compare::less, ids::first_id_at(until)),
                 where<&CardTransaction::held_minor>(Compare::greater, 0)},
                {{member_name<&CardTransaction::transaction_id>}}});
    if (!holding) return std::unexpected(holding.error());
    if (*holding)
        return fmt::format("transaction {} of account {} still holds money: it is cleared, reversed or expires first",
                           (*holding)->transaction_id.value, (*holding)->account_id.value);
    const auto awaited = first_awaited(store, until);
    if (!awaited) return std::unexpected(awaited.error());
    if (*awaited)
        return fmt::format("a webhook still waits for an event of {}: it is delivered or given up first",
                           to_text(**awaited));
    return std::string();
}

}  // namespace takas::app::archive
