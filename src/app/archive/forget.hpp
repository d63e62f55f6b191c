// Removing what is in the archive, or what is kept for a limited time only. Where the store has time slices they are
// dropped; else rows are erased in small units between which everything else goes on. Every function may be ended at
// any point and called again.
#pragma once

#include "app/archive/archive.hpp"
#include "app/archive/claim.hpp"
#include "app/archive/state.hpp"

namespace takas::app::archive {

/// Transactions, their events and message keys, and ledger entries, as far as the state says they are archived. Only
/// while the claim holds.
Result<void> forget_transactions(ports::Store& store, const State& state, const Options& options, Claim& claim);

/// Domain events from before `state.events_before`.
Result<void> forget_events(ports::Store& store, const State& state, const Options& options = {});

/// Finished webhook deliveries that were made before the moment.
Result<void> forget_deliveries(ports::Store& store, Instant before, const Options& options = {});

}  // namespace takas::app::archive
