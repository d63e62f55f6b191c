// Proves the books: recomputes every balance from the ledger entries, makes every stored decision again from its facts,
// checks that transactions, events and card numbers fit together, and that stored rules can be compiled. Reads only.
// Looks for damage of any origin, so it trusts no row because another one says so.
//
// Meant for a store that nobody writes to at that moment: changes between two passes would look like differences.
// Memory is bounded (windows of rows in key order); every pass reads a table once per window.
//
// Of an account whose past is archived the entries go on from its LedgerCarry. With the archive's files at hand the
// past is proved too: that the files are complete and unchanged, and that they lead to these carries.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/ports/archive_files.hpp"
#include "app/ports/store.hpp"
#include "core/ledger/ledger.hpp"

namespace takas::app::secrets {
class SecretBox;  // app/secrets/secret_box.hpp
}

namespace takas::app::verify {

/// One thing that is not as it must be. Ids, numbers and names of controls: no secrets, no texts of customers.
struct Difference {
    std::string_view what;  ///< fixed name: "account.posted"
    std::string where;      ///< "account 12 entry 3"
    std::string expected;
    std::string found;
};

/// One account of the chart in one currency. The card accounts' own total stands under `none`.
struct LedgerTotal {
    core::money::Currency currency;
    core::ledger::ContraAccount account{};
    std::int64_t total_minor = 0;
    bool is_archived = false;  ///< what archived entries moved, against all contra accounts together
};

/// More would not be read: the count says how many there are.
inline constexpr std::size_t differences_max = 100;

struct Differences {
    std::vector<Difference> differences;  ///< the first differences_max
    std::int64_t difference_count = 0;

    bool sound() const { return difference_count == 0; }
};

struct Report : Differences {
    std::int64_t accounts = 0, entries = 0, transactions = 0, decisions = 0, events = 0, cards = 0;
    std::int64_t counters = 0;       ///< of limits, in fixed windows that lie wholly in the store
    std::int64_t rules = 0;          ///< stored ones that decide something, compiled
    std::int64_t carries = 0;        ///< accounts with an archived past
    std::int64_t archived_kept = 0;  ///< archived entries that the store has not forgotten yet
    int archives = 0;                ///< months of the archive that were proved
    std::int64_t archived_entries = 0;
    std::int64_t audit_chains = 0, audit_records = 0;
    std::int64_t audit_older = 0;        ///< cards and products from before the log was kept
    std::optional<Instant> audit_first;  ///< when the oldest record was made
    bool are_seals_proved = false;       ///< the installation's keys were at hand
    std::vector<LedgerTotal> totals;     ///< by currency and account; the totals of a currency sum to zero
};

struct Options {
    std::int64_t accounts_per_window = 20'000;       ///< about 10 MB
    std::int64_t transactions_per_window = 250'000;  ///< about 60 MB
    std::int64_t cards_per_window = 250'000;         ///< about 20 MB
    std::int64_t chains_per_window = 50'000;         ///< about 20 MB
    const secrets::SecretBox* secret_box = nullptr;  ///< nullptr: the seals of audit chains are not proved
    bool proves_audit_whole = false;                 ///< every card and product of a migrated store has a chain
};

/// Told after each window what has been read so far.
using Progress = std::function<void(std::string_view stage, std::int64_t rows)>;

/// Errors: those of the store; unavailable also when a commit that had begun before stays open. Differences are in the
/// report. `archive` nullptr: the past is taken from the carries.
Result<Report> verify(ports::Store& store, const Progress& progress, const Options& options = {},
                      ports::ArchiveFiles* archive = nullptr);

/// One line for each, indented.
std::string lines_of(const Differences& differences);

/// The report for a reader: counts, totals by currency, differences.
std::string to_text(const Report& report);

}  // namespace takas::app::verify
