#include "app/archive/event_retention.hpp"

#include <algorithm>

#include "app/archive/forget.hpp"
#include "app/archive/needed.hpp"

namespace takas::app::archive {

Result<Instant> forget_events_before(ports::Store& store, Instant before, const Options& options) {
    const auto awaited = first_awaited(store, before);
    if (!awaited) return std::unexpected(awaited.error());
    const Instant until = awaited->value_or(before);
    auto done = ensure_state(store);
    if (!done) return std::unexpected(std::move(done.error()));
    auto state = read_state(store);
    if (!state) return std::unexpected(std::move(state.error()));
    if (until > state->events_before) {
        State next = *state;
        next.events_before = until;
        if (done = change_state(store, *state, next); !done) return std::unexpected(std::move(done.error()));
        state = next;
    }
    done = forget_deliveries(store, until, options);
    if (done) done = forget_events(store, *state, options);
    if (!done) return std::unexpected(std::move(done.error()));
    return until;
}

}  // namespace takas::app::archive
