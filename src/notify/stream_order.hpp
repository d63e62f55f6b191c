// Which deliveries must wait: of one webhook and one stream the first open delivery is pending, the others are queued.
#pragma once

#include <cstdint>
#include <set>
#include <utility>

#include "app/ports/store.hpp"
#include "core/webhook/webhook.hpp"

namespace takas::notify {

/// For one page of deliveries that are committed together.
class StreamOrder {
  public:
    explicit StreamOrder(app::ports::Store& store) : store_(store) {}

    /// Whether a delivery of the stream is open already, in the store or on this page; from now on there is one.
    Result<bool> must_wait(EntityId webhook_id, std::int64_t stream_id);

  private:
    app::ports::Store& store_;
    std::set<std::pair<std::int64_t, std::int64_t>> busy_;  ///< webhook, stream
};

/// Puts the delivery at the head of its stream, or behind the head.
void enqueue(core::webhook::WebhookDelivery& delivery, bool must_wait, Instant now);

}  // namespace takas::notify
