#include "notify/stream_order.hpp"

#include "app/ports/tables.hpp"

namespace takas::notify {

using app::ports::Compare;
using app::ports::where;
using core::webhook::DeliveryState;
using core::webhook::WebhookDelivery;

Result<bool> StreamOrder::must_wait(EntityId webhook_id, std::int64_t stream_id) {
    if (!busy_.insert({webhook_id.value, stream_id}).second) return true;
    const auto found = store_.find<WebhookDelivery>(
        {where<&WebhookDelivery::webhook_id>(webhook_id), where<&WebhookDelivery::stream_id>(stream_id),
         where<&WebhookDelivery::state>(Compare::less_or_equal, DeliveryState::queued)});
    if (!found) return std::unexpected(found.error());
    return found->has_value();
}

void enqueue(WebhookDelivery& delivery, bool must_wait, Instant now) {
    delivery.state = must_wait ? DeliveryState::queued : DeliveryState::pending;
    delivery.next_attempt_at = must_wait ? std::nullopt : std::optional(now);
}

}  // namespace takas::notify
