// Walking through tables that are larger than memory, and noting what is wrong. For this folder and for
// app/archive, which walks the same tables.
#pragma once

#include <fmt/format.h>

#include <limits>

#include "app/archive/state.hpp"
#include "app/ids/id_source.hpp"
#include "app/ports/archive_files.hpp"
#include "app/ports/store.hpp"
#include "app/verify/verify.hpp"

namespace takas::app::verify {

/// Keys above `after` up to and with `through`.
struct Range {
    std::int64_t after;
    std::int64_t through;
};

template <auto Member>
std::vector<ports::Condition> within(Range range) {
    return {ports::where<Member>(ports::Compare::greater, range.after),
            ports::where<Member>(ports::Compare::less_or_equal, range.through)};
}

/// Every row that meets the conditions, in the order of the primary key, one at a time.
template <class Record, class Visit>
Result<void> for_each(ports::Store& store, const ports::Query& query, Visit visit) {
    Record row;
    return store.scan(ports::table_of<Record>(), query,
                      {[&]() -> void* { return &(row = Record{}); },
                       [&] {
                           visit(row);
                           return true;
                       }});
}
template <class Record, class Visit>
Result<void> for_each(ports::Store& store, std::vector<ports::Condition> conditions, Visit visit) {
    return for_each<Record>(store, ports::Query{std::move(conditions), {}, 0, std::numeric_limits<std::int64_t>::max()},
                            std::move(visit));
}

/// The first row of a query that may have to look at a million rows: it has the patience of a scan, not of a look-up.
template <class Record>
Result<std::optional<Record>> first_of(ports::Store& store, ports::Query query) {
    std::optional<Record> first;
    query.limit = std::numeric_limits<std::int64_t>::max();
    auto done = store.scan(ports::table_of<Record>(), query,
                           {[&]() -> void* { return &first.emplace(); }, [] { return false; }});
    if (!done) return std::unexpected(std::move(done.error()));
    return first;
}

/// Visits all rows in the order of the key `Member` (an id that should occur once), about `size` between two calls of
/// `close`. The ranges given to `close` follow one another without a gap and cover every number, so that a row
/// elsewhere that refers to a missing key falls into exactly one of them.
template <class Record, auto Member, class Visit, class Close>
Result<void> in_windows(ports::Store& store, std::int64_t size, Visit visit, Close close) {
    std::int64_t after = std::numeric_limits<std::int64_t>::min();
    while (true) {
        std::int64_t count = 0, last = 0, with_last = 0;
        const ports::Query query{
            {ports::where<Member>(ports::Compare::greater, after)}, {{member_name<Member>}}, 0, size};
        auto read = for_each<Record>(store, query, [&](const Record& row) {
            const std::int64_t key = (row.*Member).value;
            with_last = count++ > 0 && key == last ? with_last + 1 : 1;
            last = key;
            visit(row);
        });
        if (!read) return read;
        const bool is_last = count < size;
        if (!is_last) {  // in damaged books a key may occur twice: its other rows belong to this window
            auto twins = for_each<Record>(
                store,
                ports::Query{{ports::where<Member>(last)}, {}, with_last, std::numeric_limits<std::int64_t>::max()},
                visit);
            if (!twins) return twins;
        }
        const Range range{after, is_last ? std::numeric_limits<std::int64_t>::max() : last};
        if (auto closed = close(range); !closed) return closed;
        if (is_last) return {};
        after = last;
    }
}

/// Adds without trapping: damaged rows may hold any number, and a sum that wraps is still a difference.
inline void add_to(std::int64_t& sum, std::int64_t value) { (void)__builtin_add_overflow(sum, value, &sum); }

/// Parts of what was made before may be archived or forgotten: they are not missed.
struct Past {
    Instant archived_before, events_before;
    std::int64_t first_kept_id = 0;  ///< transactions with smaller ids are archived

    static Past of(const archive::State& state) {
        const bool has_archive = state.archived_before != Instant{};
        return {state.archived_before, state.events_before,
                has_archive ? ids::first_id_at(state.archived_before) : std::int64_t{0}};
    }
    bool is_archived(TransactionId id) const { return id.value < first_kept_id; }
};

/// Notes differences in a report.
class Findings {
  public:
    explicit Findings(Differences& report) : report_(report) {}

    template <class Expected, class Found>
    void add(std::string_view what, std::string where, const Expected& expected, const Found& found) {
        if (++report_.difference_count <= static_cast<std::int64_t>(differences_max))
            report_.differences.push_back(
                {what, std::move(where), fmt::format("{}", expected), fmt::format("{}", found)});
    }
    /// `where` is called only when the two differ.
    template <class T, class Where>
    void equal(std::string_view what, const T& expected, const T& found, Where where) {
        if (!(expected == found)) add(what, where(), expected, found);
    }

  private:
    Differences& report_;
};

// The passes, one file each.
struct Books {
    ports::Store& store;
    const Options& options;
    const Progress& progress;
    archive::State state;
    Past past;
    Report& report;
};
Result<void> verify_accounts(Books& books);
Result<void> verify_transactions(Books& books);
Result<void> verify_cards(Books& books);
Result<void> verify_usage(Books& books);
Result<void> verify_rules(Books& books);
Result<void> verify_audit(Books& books);
Result<void> verify_audit_whole(Books& books);
Result<void> verify_archive(Books& books, ports::ArchiveFiles& files);

}  // namespace takas::app::verify
