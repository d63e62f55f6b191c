// How far a store's past has been archived and forgotten: three rows of its meta table. `takas verify` reads them to
// know what it need not look for any more.
#pragma once

#include <string>

#include "app/ports/store.hpp"

namespace takas::app::archive {

struct State {
    /// Transactions made before this, and the entries and events of before, are in the archive. 0: nothing is.
    Instant archived_before;
    std::string head;       ///< SHA-256 of the last archive's manifest, hex; "" when there is none
    Instant events_before;  ///< domain events from before this may be gone

    bool operator==(const State&) const = default;
};

Result<State> read_state(ports::Store& store);

/// Makes the rows when they are missing, so that units can depend on them.
Result<void> ensure_state(ports::Store& store);

/// The unit is refused (conflict) when the meta row has another value, or is not there.
void guard_meta(ports::Unit& unit, std::string_view name, const std::string& value);

/// The unit is refused when another server has archived since `state` was read.
void guard_by(ports::Unit& unit, const State& state);

/// Writes the new state, guarded by the old one and by what the unit holds already.
Result<void> change_state(ports::Store& store, const State& from, const State& to, ports::Unit unit = {});

/// The outcome as an error; conflict means that another server works on the archive.
Result<void> check_committed(const ports::CommitResult& result);

}  // namespace takas::app::archive
