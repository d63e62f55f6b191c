// The notifier's way in: answers of receivers become states of deliveries.
#include "app/ports/tables.hpp"
#include "base/log.hpp"
#include "core/webhook/health.hpp"
#include "notify/notifier.hpp"

namespace takas::notify {

using app::ports::Compare;
using app::ports::Unit;
using app::ports::where;
using core::webhook::DeliveryState;
using core::webhook::Webhook;
using core::webhook::WebhookDelivery;

void Notifier::collect_answers(Instant now) {
    std::vector<Answer> answers;
    {
        const std::lock_guard lock(inbox_->mutex);
        answers.swap(inbox_->answers);
    }
    for (Answer& answer : answers) {
        const auto found = flights_.find(answer.delivery_id);
        if (answer.term != term_ || found == flights_.end()) continue;
        if (answer.reply.error == app::ports::sender_closed) {
            release(answer.delivery_id);
            continue;
        }
        core::webhook::Attempt attempt{answer.reply.status, std::move(answer.reply.error), {}};
        if (answer.reply.retry_after)
            attempt.retry_after_s = core::webhook::parse_retry_after(*answer.reply.retry_after, now);
        Flight& flight = found->second;
        core::webhook::record_attempt(flight.delivery, attempt, flight.retries_allowed, now, dice());
        if (Outlet* outlet = outlets_.find(flight.delivery.webhook_id))
            outlet->note_answer(flight.delivery.state == DeliveryState::delivered,
                                now <= flight.sent_at.plus_us(options_.slow_after_us));
        unsettled_.insert(answer.delivery_id);
    }
}

/// False when the outcomes could not be stored: they are kept for the next round, and nothing else is sent before, so
/// that a full disk does not turn into repeated deliveries.
bool Notifier::settle(Instant now) {
    collect_answers(now);
    if (unsettled_.empty()) return true;
    Unit unit;
    std::set<std::int64_t> webhooks;
    for (const std::int64_t id : unsettled_) {
        const auto delivery = record(flights_.at(id), webhooks, unit);
        if (!delivery) return false;
        if (!core::webhook::is_open(delivery->state) && !promote_next(*delivery, unit, now)) return false;
    }
    if (!commit(std::move(unit), now)) return false;
    bool is_gone = false;
    for (const std::int64_t id : unsettled_) {
        const Flight& flight = flights_.at(id);
        if (flight.is_counted) record_health(flight, now);
        is_gone = is_gone || !flight.is_counted;
        release(id);
    }
    unsettled_.clear();
    if (is_gone) outlets_.reload(now);  // else what waits now would be sent at once
    return true;
}

/// The delivery as it is from now on. A failed attempt at a subscription that went meanwhile is nobody's failure: of a
/// removed one the delivery is given up, of one that is switched off it waits as it was. `webhooks`: those that the
/// unit requires already. Nothing when the store does not answer.
std::optional<WebhookDelivery> Notifier::record(Flight& flight, std::set<std::int64_t>& webhooks, Unit& unit) {
    if (flight.delivery.state == DeliveryState::delivered) {
        flight.is_counted = true;
        return unit.update(flight.delivery);
    }
    const auto webhook = doors_.store.find<Webhook>(
        {where<&Webhook::tenant_id>(flight.sent.tenant_id), where<&Webhook::id>(flight.sent.webhook_id)});
    if (!webhook) return std::nullopt;
    flight.is_counted = *webhook && (*webhook)->is_active;
    if (flight.is_counted) {
        // Else what is pending could stay so after its subscription.
        if (webhooks.insert((*webhook)->id.value).second) unit.require(**webhook);
        return unit.update(flight.delivery);
    }
    if (*webhook) return flight.sent;
    WebhookDelivery dead = flight.sent;
    dead.state = DeliveryState::dead;
    dead.last_error = core::webhook::webhook_deleted;
    dead.next_attempt_at.reset();
    return unit.update(std::move(dead));
}

/// The next delivery of the stream may go, unless another one is at its head already (after a resend).
bool Notifier::promote_next(const WebhookDelivery& finished, Unit& unit, Instant now) {
    const std::vector stream{where<&WebhookDelivery::webhook_id>(finished.webhook_id),
                             where<&WebhookDelivery::stream_id>(finished.stream_id)};
    auto pending = stream;
    pending.push_back(where<&WebhookDelivery::state>(DeliveryState::pending));
    pending.push_back(where<&WebhookDelivery::id>(Compare::not_equal, finished.id));
    const auto head = doors_.store.find<WebhookDelivery>(std::move(pending));
    if (!head) return false;
    if (*head) return true;

    auto queued = stream;
    queued.push_back(where<&WebhookDelivery::state>(DeliveryState::queued));
    auto next = doors_.store.list<WebhookDelivery>(
        {std::move(queued), {{member_name<&WebhookDelivery::event_sequence_no>}}, 0, 1});
    if (!next) return false;
    for (WebhookDelivery& row : *next) {
        row.state = DeliveryState::pending;
        row.next_attempt_at = now;
        unit.update(std::move(row));
    }
    return true;
}

/// What the attempt says about the receiver. A subscription that was changed meanwhile is another matter and is left as
/// it is; what could not be written shows in the next attempt again.
void Notifier::record_health(const Flight& flight, Instant now) {
    const core::webhook::Attempt attempt{flight.delivery.last_status, flight.delivery.last_error, {}};
    const Outlet* outlet = outlets_.find(flight.delivery.webhook_id);
    if (!outlet || attempt.error == not_rendered || !core::webhook::changes_health(outlet->webhook, attempt, now))
        return;
    const auto found = doors_.store.find<Webhook>(
        {where<&Webhook::tenant_id>(flight.delivery.tenant_id), where<&Webhook::id>(flight.delivery.webhook_id)});
    if (!found || !*found || (*found)->url != flight.url) return;
    Webhook webhook = **found;
    if (!core::webhook::changes_health(webhook, attempt, now)) return;
    core::webhook::record_health(webhook, attempt, now);
    const std::int64_t version = webhook.version++;
    Unit unit;
    unit.update(webhook, version);
    if (!commit(std::move(unit), now)) return;
    if (!webhook.is_active)
        log::warning("webhook_switched_off")
            .add("tenant_id", webhook.tenant_id)
            .add("webhook_id", webhook.id)
            .add("reason", to_name(webhook.switched_off));
    outlets_.reload(now);
}

void Notifier::release(std::int64_t delivery_id) {
    const auto found = flights_.find(delivery_id);
    const WebhookDelivery& delivery = found->second.delivery;
    busy_streams_.erase({delivery.webhook_id.value, delivery.stream_id});
    if (Outlet* outlet = outlets_.find(delivery.webhook_id)) {
        --outlet->in_flight;
        outlet->look_at = {};
    }
    flights_.erase(found);
}

}  // namespace takas::notify
