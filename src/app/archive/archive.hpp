// The archive of old transactions: month by month, they are written to files with a manifest, then forgotten by the
// store. What stays is where each account stood (LedgerCarry), from which its remaining entries go on.
//
// One run at a time: it locks the folder and claims the store (claim.hpp). The steps of a month, each of which may be
// the last one before a crash and is done again without harm:
//   1. the files are written and published       the store knows nothing of it yet
//   2. they are read back and compared with the store (check_month.hpp)
//   3. a LedgerCarry for each account             entries up to it count as archived, whether they are still there or
//   not
//   4. the state: archived before, last manifest
//   5. the rows are forgotten
#pragma once

#include <atomic>
#include <optional>
#include <string>

#include "app/archive/month.hpp"
#include "app/archive/state.hpp"
#include "app/ports/archive_files.hpp"
#include "app/ports/clock.hpp"
#include "app/ports/store.hpp"

namespace takas::app::archive {

struct Options {
    /// A month is archived when it ended at least so long ago: networks let a merchant refund, and an issuer dispute,
    /// for about 120 days, and that changes the original transaction.
    std::int64_t changeable_days = 120;
    std::int64_t accounts_per_window = 20'000;     ///< about 10 MB
    const std::atomic<bool>* is_ending = nullptr;  ///< set: stop between two steps, the next run goes on
};

struct Archived {
    int months = 0;
    std::int64_t transactions = 0, entries = 0;
    std::string obstacle;  ///< why it went no further; "" when it did all that was asked
};

/// Archives and forgets every whole month that ends at or before `before`. Errors: those of the store and the files,
/// and `internal` when the books are not sound (nothing is forgotten then).
Result<Archived> archive_before(ports::Store& store, ports::ArchiveFiles& files, const ports::Clock& clock,
                                Instant before, const Options& options = {});

}  // namespace takas::app::archive
