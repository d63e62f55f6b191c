#include "notify/fan_out.hpp"

#include <algorithm>

#include "app/ports/tables.hpp"
#include "core/webhook/event_names.hpp"

namespace takas::notify {
namespace {

using app::ports::Compare;
using app::ports::where;
using core::event::DomainEvent;
using core::webhook::WebhookDelivery;

constexpr std::int64_t page_size = 500;
/// Events that nobody wanted are read again after a restart, at most so many.
constexpr std::int64_t position_drift_max = 5'000;

bool wants(const core::webhook::Webhook& webhook, const DomainEvent& event) {
    return webhook.tenant_id == event.tenant_id && event.sequence_no > webhook.starts_after_sequence_no &&
           core::webhook::wants(webhook.event_names, event.kind);
}

}  // namespace

Result<FanOut::Page> FanOut::next(Instant now) {
    position_ = std::max(position_, outlets_.wanted_after());
    auto events = store_.list<DomainEvent>({{where<&DomainEvent::sequence_no>(Compare::greater, position_)},
                                            {{member_name<&DomainEvent::sequence_no>}},
                                            0,
                                            page_size});
    if (!events) return std::unexpected(std::move(events.error()));
    Page page;
    page.position = position_;
    if (events->empty()) return page;
    // Only now: a subscription that was registered before one of these events happened is seen.
    if (!outlets_.reload(now)) return fail(ErrorCode::unavailable, "webhooks cannot be read");

    StreamOrder order(store_);
    for (const DomainEvent& event : *events)
        if (auto done = add_deliveries(event, now, page, order); !done) return std::unexpected(std::move(done.error()));
    page.position = events->back().sequence_no;
    page.is_full = static_cast<std::int64_t>(events->size()) == page_size;
    page.must_be_stored = !page.unit.empty() || page.position - stored_position_ >= position_drift_max;
    return page;
}

void FanOut::advance(const Page& page) {
    position_ = page.position;
    if (page.must_be_stored) stored_position_ = page.position;
}

Result<void> FanOut::add_deliveries(const DomainEvent& event, Instant now, Page& page, StreamOrder& order) {
    for (Outlet* outlet : outlets_.active()) {
        if (!wants(outlet->webhook, event)) continue;
        const Result<bool> is_repeat = expects_repeats_ ? exists(outlet->webhook, event) : false;
        if (!is_repeat) return std::unexpected(is_repeat.error());
        if (*is_repeat) continue;
        const auto waits = order.must_wait(outlet->webhook.id, event.stream_id);
        if (!waits) return std::unexpected(waits.error());
        WebhookDelivery delivery;
        delivery.tenant_id = event.tenant_id;
        delivery.webhook_id = outlet->webhook.id;
        delivery.id = ids_.next<EntityId>();
        delivery.event_sequence_no = event.sequence_no;
        delivery.event_kind = event.kind;
        delivery.stream_id = event.stream_id;
        enqueue(delivery, *waits, now);
        delivery.created_at = now;
        if (page.webhooks.insert(outlet->webhook.id.value).second) page.unit.require(outlet->webhook);
        page.unit.insert(std::move(delivery));
        outlet->look_at = now;
    }
    return {};
}

Result<bool> FanOut::exists(const core::webhook::Webhook& webhook, const DomainEvent& event) {
    const auto found = store_.find<WebhookDelivery>({where<&WebhookDelivery::webhook_id>(webhook.id),
                                                     where<&WebhookDelivery::event_sequence_no>(event.sequence_no)});
    if (!found) return std::unexpected(found.error());
    return found->has_value();
}

}  // namespace takas::notify
