// What an institution may do with deliveries: look at them and have them sent again.
#pragma once

#include <optional>
#include <vector>

#include "app/context/context.hpp"
#include "app/ports/page.hpp"
#include "core/webhook/webhook.hpp"

namespace takas::app::webhooks {

struct DeliveryFilter {
    std::optional<EntityId> webhook_id;
    std::optional<core::webhook::DeliveryState> state;
    std::optional<core::event::EventKind> event_kind;
    std::optional<Instant> from;  ///< made at or after
    std::optional<Instant> to;    ///< made before
};

/// Usual order: newest first.
Result<ports::PageOf<core::webhook::WebhookDelivery>> list_deliveries(const Context& context,
                                                                      const DeliveryFilter& filter,
                                                                      const ports::PageWish& page);

/// Sends a delivery again now, with the same id and the whole retry schedule before it, whatever became of it. One that
/// waits behind another of its stream is left to wait. Error: delivery_not_found.
Result<core::webhook::WebhookDelivery> resend(Context& context, EntityId delivery_id);

/// One unit carries so many; the rest is resent by asking again.
inline constexpr std::int64_t resend_count_max = 2'000;

struct Resent {
    std::int64_t resent_count = 0;
    std::int64_t remaining_count = 0;  ///< dead ones that did not fit
};

/// As resend, for the dead deliveries of the webhook that were made at or after `since`, oldest event first; each
/// stream in its order. Error: webhook_not_found.
Result<Resent> resend_failed(Context& context, EntityId webhook_id, Instant since);

/// Gives up every open delivery of a webhook that goes away. Commits page by page itself.
Result<void> bury_open_deliveries(ports::Store& store, EntityId webhook_id);

}  // namespace takas::app::webhooks
