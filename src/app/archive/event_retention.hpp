// Domain events and finished webhook deliveries that are kept for a limited time. Independent of the archive: an
// archived month has its events with it, others are gone for good.
#pragma once

#include "app/archive/archive.hpp"

namespace takas::app::archive {

/// Forgets events from before the moment, and deliveries made before it that are finished. Goes only as far as nobody
/// waits for an event: a subscriber that is down keeps what it has missed. Answers how far.
Result<Instant> forget_events_before(ports::Store& store, Instant before, const Options& options = {});

}  // namespace takas::app::archive
