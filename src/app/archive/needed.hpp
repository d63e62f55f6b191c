// What is still needed of the past, and therefore may not be archived or forgotten.
#pragma once

#include <optional>
#include <string>

#include "app/ports/store.hpp"

namespace takas::app::archive {

/// The first moment whose events a subscriber still waits for: of open deliveries, and of wanted events that the
/// fan-out has not read. Nothing when nobody waits for an event from before `before`.
Result<std::optional<Instant>> first_awaited(ports::Store& store, Instant before);

/// Why transactions from before `until` cannot be archived: one sentence, "" when they can.
Result<std::string> obstacle(ports::Store& store, Instant until);

}  // namespace takas::app::archive
