#include "app/webhooks/deliveries.hpp"

#include <set>

#include "app/ports/tables.hpp"
#include "app/webhooks/webhooks.hpp"
#include "core/webhook/attempt.hpp"

namespace takas::app::webhooks {
namespace {

using core::webhook::DeliveryState;
using core::webhook::WebhookDelivery;
using ports::Compare;
using ports::where;

constexpr std::int64_t page_size = 500;  // a unit of this size keeps no authorization waiting

std::vector<ports::Condition> conditions_of(const Context& context, const DeliveryFilter& filter) {
    std::vector conditions{where<&WebhookDelivery::tenant_id>(context.tenant_id)};
    if (filter.webhook_id) conditions.push_back(where<&WebhookDelivery::webhook_id>(*filter.webhook_id));
    if (filter.state) conditions.push_back(where<&WebhookDelivery::state>(*filter.state));
    if (filter.event_kind) conditions.push_back(where<&WebhookDelivery::event_kind>(*filter.event_kind));
    if (filter.from) conditions.push_back(where<&WebhookDelivery::created_at>(Compare::greater_or_equal, *filter.from));
    if (filter.to) conditions.push_back(where<&WebhookDelivery::created_at>(Compare::less, *filter.to));
    return conditions;
}

void start_again(WebhookDelivery& delivery) {
    delivery.attempt_count = 0;
    delivery.delivered_at.reset();
}

Result<void> commit(ports::Store& store, ports::Unit unit) {
    switch (store.commit_and_wait(std::move(unit)).outcome) {
        case ports::CommitOutcome::committed:
            return {};
        case ports::CommitOutcome::unknown:
            return fail(ErrorCode::outcome_unknown);
        case ports::CommitOutcome::conflict:
        case ports::CommitOutcome::version_moved:
            return fail(ErrorCode::concurrent_change);
        case ports::CommitOutcome::unavailable:
            break;
    }
    return fail(ErrorCode::unavailable);
}

}  // namespace

Result<ports::PageOf<WebhookDelivery>> list_deliveries(const Context& context, const DeliveryFilter& filter,
                                                       const ports::PageWish& page) {
    return ports::page_of<WebhookDelivery>(context.store(), conditions_of(context, filter), page,
                                           {member_name<&WebhookDelivery::id>, true});
}

Result<WebhookDelivery> resend(Context& context, EntityId delivery_id) {
    auto found = context.store().find<WebhookDelivery>({where<&WebhookDelivery::id>(delivery_id)});
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found || (*found)->tenant_id != context.tenant_id) return fail(ErrorCode::delivery_not_found);
    WebhookDelivery delivery = std::move(**found);
    auto webhook = find_webhook(context, delivery.webhook_id);
    if (!webhook) return std::unexpected(std::move(webhook.error()));
    if (delivery.state == DeliveryState::queued) return delivery;
    start_again(delivery);
    delivery.state = DeliveryState::pending;
    delivery.next_attempt_at = context.now;
    context.unit.update(delivery);
    return delivery;
}

Result<Resent> resend_failed(Context& context, EntityId webhook_id, Instant since) {
    auto webhook = find_webhook(context, webhook_id);
    if (!webhook) return std::unexpected(std::move(webhook.error()));
    std::vector dead{where<&WebhookDelivery::webhook_id>(webhook_id),
                     where<&WebhookDelivery::state>(DeliveryState::dead),
                     where<&WebhookDelivery::created_at>(Compare::greater_or_equal, since)};
    const auto total = context.store().count_of<WebhookDelivery>(dead);
    if (!total) return std::unexpected(total.error());
    auto rows = context.store().list<WebhookDelivery>(
        {std::move(dead), {{member_name<&WebhookDelivery::event_sequence_no>}}, 0, resend_count_max});
    if (!rows) return std::unexpected(std::move(rows.error()));

    // The first of each stream is sent, and its followers wait for it. They change in one unit: a follower that came
    // in a later one could find its first already gone, and wait for ever.
    std::set<std::int64_t> streams;
    for (WebhookDelivery& row : *rows) {
        start_again(row);
        const bool is_first = streams.insert(row.stream_id).second;
        row.state = is_first ? DeliveryState::pending : DeliveryState::queued;
        if (is_first) row.next_attempt_at = context.now;
        context.unit.update(std::move(row));
    }
    const auto count = static_cast<std::int64_t>(rows->size());
    return Resent{count, *total - count};
}

Result<void> bury_open_deliveries(ports::Store& store, EntityId webhook_id) {
    while (true) {
        auto rows = store.list<WebhookDelivery>(
            {{where<&WebhookDelivery::webhook_id>(webhook_id),
              where<&WebhookDelivery::state>(Compare::less_or_equal, DeliveryState::queued)},
             {},
             0,
             page_size});
        if (!rows) return std::unexpected(std::move(rows.error()));
        if (rows->empty()) return {};
        ports::Unit unit;
        for (WebhookDelivery& row : *rows) {
            row.state = DeliveryState::dead;
            row.last_error = core::webhook::webhook_deleted;
            row.next_attempt_at.reset();
            unit.update(std::move(row));
        }
        if (auto done = commit(store, std::move(unit)); !done) return done;
    }
}

}  // namespace takas::app::webhooks
