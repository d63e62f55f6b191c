// An example of an event on its way to a subscriber, who wants to see that a receiver works before anything happens.
// Signed and authenticated as a delivery is, but not kept, not repeated and not in the order of anything.
#pragma once

#include <functional>
#include <string>

#include "app/context/context.hpp"
#include "core/event/event.hpp"
#include "core/webhook/attempt.hpp"

namespace takas::app::webhooks {

struct ExampleSent {
    core::webhook::Attempt attempt;
    std::string body;  ///< what was sent: JSON
};

/// `done` is called exactly once, at once or on another thread. Errors: webhook_not_found; unavailable on a server that
/// sends nothing.
void send_example(const Context& context, EntityId webhook_id, core::event::EventKind kind, bool allow_loopback,
                  std::move_only_function<void(Result<ExampleSent>)> done);

}  // namespace takas::app::webhooks
