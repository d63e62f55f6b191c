// The notifier's way out: deliveries that are due become requests.
#include <algorithm>

#include "app/ports/tables.hpp"
#include "app/webhooks/message.hpp"
#include "app/webhooks/render_event.hpp"
#include "app/webhooks/webhook_secrets.hpp"
#include "base/log.hpp"
#include "core/identity/identity.hpp"
#include "notify/notifier.hpp"

namespace takas::notify {

using app::ports::Compare;
using app::ports::WebhookReply;
using app::ports::where;
using core::event::DomainEvent;
using core::webhook::DeliveryState;
using core::webhook::WebhookDelivery;

namespace {

/// How soon a delivery is noticed that became due by itself: a retry, or a resend by the institution.
constexpr std::int64_t sweep_interval_us = 1'000'000;

}  // namespace

void Notifier::send_due(Instant now) {
    if (!doors_.store.writable()) return;  // what cannot be recorded would be sent again and again
    const auto& active = outlets_.active();
    look_at_flights(now);
    ++first_outlet_;
    for (std::size_t i = 0; i < active.size() && flights_.size() < options_.in_flight_max; ++i)
        send_due_to(*active[(first_outlet_ + i) % active.size()], now);
}

/// Whose requests are on their way, and who has kept one for too long. Those of a subscription that was removed end at
/// their timeout; until then they take places of its institution.
void Notifier::look_at_flights(Instant now) {
    flights_of_tenant_.clear();
    for (const auto& [id, flight] : flights_) {
        ++flights_of_tenant_[flight.delivery.tenant_id.value];
        if (now <= flight.sent_at.plus_us(options_.slow_after_us)) continue;
        if (Outlet* outlet = outlets_.find(flight.delivery.webhook_id)) outlet->note_slow();
    }
}

int Notifier::places_of(const Outlet& outlet) const {
    if (outlet.is_failing || outlet.is_slow) return options_.in_flight_per_failing_webhook_max;
    int places = options_.in_flight_at_first;
    for (int i = 0; i < outlet.quick_count && places < options_.in_flight_per_webhook_max; ++i) places *= 2;
    return std::min(places, options_.in_flight_per_webhook_max);
}

/// An institution may take as many places as are left free, so that there is always one for another; and half of that
/// for subscriptions that are not known to be quick, so that its own quick ones go on. Nearly all of this half is for
/// their first places: fifty slow receivers get one each.
bool Notifier::may_send(const Outlet& outlet) const {
    if (flights_.size() >= options_.in_flight_max || outlet.in_flight >= places_of(outlet)) return false;
    const auto found = flights_of_tenant_.find(outlet.webhook.tenant_id.value);
    const std::size_t taken = found == flights_of_tenant_.end() ? 0 : found->second;
    const std::size_t free = options_.in_flight_max - flights_.size();
    if (outlet.quick_count > 0) return taken < free;
    return taken < (outlet.in_flight == 0 ? free / 2 : free / 8);
}

void Notifier::send_due_to(Outlet& outlet, Instant now) {
    const bool looked_just_now = outlet.look_at > now && outlet.look_at <= now.plus_us(sweep_interval_us);
    if (looked_just_now || !may_send(outlet)) return;
    // What is on its way is still due in the store: the page is long enough to see past it.
    const std::int64_t page_size = std::int64_t{2} * options_.in_flight_per_webhook_max;
    auto due = doors_.store.list<WebhookDelivery>(
        {{where<&WebhookDelivery::webhook_id>(outlet.webhook.id),
          where<&WebhookDelivery::state>(DeliveryState::pending),
          where<&WebhookDelivery::next_attempt_at>(Compare::less_or_equal, now)},
         {{member_name<&WebhookDelivery::next_attempt_at>}, {member_name<&WebhookDelivery::event_sequence_no>}},
         0,
         page_size});
    if (!due) return;
    for (WebhookDelivery& delivery : *due) {
        if (!may_send(outlet)) return;
        if (!busy_streams_.contains({delivery.webhook_id.value, delivery.stream_id}))
            send(outlet, std::move(delivery), now);
    }
    if (static_cast<std::int64_t>(due->size()) < page_size) outlet.look_at = now.plus_us(sweep_interval_us);
}

void Notifier::send(Outlet& outlet, WebhookDelivery delivery, Instant now) {
    auto prepared = prepare(outlet, delivery, now);
    if (!prepared && prepared.error().code == ErrorCode::unavailable) return;
    const std::int64_t id = delivery.id.value;
    busy_streams_.insert({delivery.webhook_id.value, delivery.stream_id});
    ++outlet.in_flight;
    ++flights_of_tenant_[delivery.tenant_id.value];
    flights_.insert({id, {delivery, delivery, outlet.webhook.url, outlet.webhook.max_retry_count, now}});
    if (!prepared) {
        log::error("webhook_not_rendered").add("delivery_id", id).add("detail", prepared.error().internal_detail);
        return inbox_->put({id, term_, {0, std::string(not_rendered), {}}});
    }
    auto done = [inbox = inbox_, id, term = term_](WebhookReply reply) { inbox->put({id, term, std::move(reply)}); };
    if (outlet.webhook.authentication_type == core::webhook::AuthenticationType::o_auth_2_client_credentials)
        tokens_.send(outlet.webhook, prepared->secrets, std::move(prepared->request), now, std::move(done));
    else
        doors_.sender.send(std::move(prepared->request), std::move(done));
}

/// Error: unavailable when it is worth trying again soon.
Result<Notifier::Prepared> Notifier::prepare(const Outlet& outlet, const WebhookDelivery& delivery, Instant now) {
    const auto tenant = doors_.catalog.tenant(outlet.webhook.tenant_id);
    if (!tenant || !tenant->is_active) return fail(ErrorCode::unavailable, "the institution is not active");
    const auto event = doors_.store.find<DomainEvent>({where<&DomainEvent::sequence_no>(delivery.event_sequence_no)});
    if (!event) return std::unexpected(event.error());
    if (!*event) return fail(ErrorCode::internal, "the event is missing");
    auto body = app::webhooks::render_event(doors_.store, **event);
    if (!body) return std::unexpected(std::move(body.error()));
    auto secrets = app::webhooks::open(doors_.secret_box, outlet.webhook);
    if (!secrets) return std::unexpected(std::move(secrets.error()));
    auto request = app::webhooks::make_request(outlet.webhook, *secrets, delivery, std::move(*body), now);
    if (!request) return std::unexpected(std::move(request.error()));
    request->allow_loopback = tenant->is_demo;
    return Prepared{std::move(*request), std::move(*secrets)};
}

}  // namespace takas::notify
