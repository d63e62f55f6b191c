// Writes the files of one archive. Private to this folder.
#pragma once

#include "app/archive/archive.hpp"
#include "app/archive/claim.hpp"
#include "app/archive/manifest.hpp"
#include "app/ids/id_source.hpp"
#include "app/ports/tables.hpp"

namespace takas::app::archive {

struct Cut {
    Month month;
    Instant until;  ///< the end of the month
};

template <class Record>
std::string file_of() {
    return std::string(ports::table_of<Record>().name) + ".ndjson";
}

/// The rows of the month, by the transaction they belong to.
template <auto Id>
std::vector<ports::Condition> rows_of(const State& state, const Cut& cut) {
    const bool is_first = state.archived_before == Instant{};
    const std::int64_t from = is_first ? 0 : ids::first_id_at(state.archived_before);
    return {ports::where<Id>(ports::Compare::greater_or_equal, from),
            ports::where<Id>(ports::Compare::less, ids::first_id_at(cut.until))};
}

inline std::vector<ports::Condition> events_of(const State& state, const Cut& cut) {
    using core::event::DomainEvent;
    return {ports::where<&DomainEvent::occurred_at>(ports::Compare::greater_or_equal, state.archived_before),
            ports::where<&DomainEvent::occurred_at>(ports::Compare::less, cut.until)};
}

/// Everything from before the cut that no earlier archive has. Nothing is published when this fails, or when it was
/// told to end (unavailable).
Result<Manifest> write_month(ports::Store& store, ports::ArchiveFiles& files, const State& state, const Cut& cut,
                             Instant now, const Options& options, Claim& claim);

}  // namespace takas::app::archive
