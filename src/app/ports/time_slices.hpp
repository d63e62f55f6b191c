// The door to tables that a store keeps in slices of time, a month each. Where a store has it, room is made ahead and
// the past is dropped a slice at a time, at no cost for what is going on; a store without it keeps such a table in one
// piece (app/archive/forget.hpp erases its rows little by little).
#pragma once

#include "base/error.hpp"
#include "base/time.hpp"

namespace takas::app::ports {

class TimeSlices {
  public:
    virtual ~TimeSlices() = default;

    /// Makes the slices of the months that touch this span where they are missing. Safe to run twice and on several
    /// servers at once. A month whose rows came before its slice stays where they are (logged).
    virtual Result<void> make(Instant from, Instant until) = 0;

    /// Removes every slice of the transactions, their events, their message keys and the ledger entries that ends at or
    /// before `until` (the first moment of a month), and what lies outside the slices from before it. Refuses ledger
    /// entries that no LedgerCarry stands for. Keys of loads and unloads stay: they are not of any time.
    virtual Result<void> drop_transactions(Instant until) = 0;

    /// The same for domain events.
    virtual Result<void> drop_events(Instant until) = 0;
};

}  // namespace takas::app::ports
