// See partitions.hpp.
#include "store/postgres/partitions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <thread>

#include "app/archive/month.hpp"
#include "app/ids/id_source.hpp"
#include "base/log.hpp"
#include "store/postgres/distribution.hpp"

namespace takas::store::postgres {
namespace {

using app::archive::Month;

/// Any number that is the same in all servers: they make partitions in turn.
constexpr std::string_view turn = "SELECT pg_advisory_xact_lock(7264831955261)";
/// Commits wait behind a statement that waits for its lock: not longer than this at a time.
constexpr std::string_view make_patience = "SET LOCAL lock_timeout = '2s'",
                           drop_patience = "SET LOCAL lock_timeout = '200ms'";
constexpr int drop_tries = 60;
constexpr std::chrono::milliseconds between_tries{500};
constexpr std::chrono::minutes statement_patience{10};
/// Rows of one statement outside the partitions.
constexpr int rows_per_statement = 1'000;

enum class Column : std::uint8_t { id, instant, message_key };

struct SlicedTable {
    std::string_view name, column;
    Column kind;
    std::string_view only_if = "";  ///< a further condition for single rows
};

constexpr std::string_view is_carried =
    " AND EXISTS (SELECT FROM ledger_carry c WHERE c.account_id = t.account_id AND t.entry_no <= c.entry_no)";
constexpr std::string_view is_of_an_hour = " AND message_key >= '\\x00000001'";  // not of a load or unload

constexpr SlicedTable ledger{"ledger_entry", "booked_at", Column::instant, is_carried};
constexpr std::array transaction_tables{
    ledger, SlicedTable{"transaction_key", "message_key", Column::message_key, is_of_an_hour},
    SlicedTable{"transaction_event", "transaction_id", Column::id},
    SlicedTable{"card_transaction", "transaction_id", Column::id}};
constexpr std::array event_tables{SlicedTable{"domain_event", "occurred_at", Column::instant}};

/// A moment as a value of the column by which a table is cut.
std::string bound(Column kind, Instant at) {
    constexpr std::int64_t us_per_hour = 3'600'000'000;
    switch (kind) {
        case Column::id:
            return std::to_string(app::ids::first_id_at(at));
        case Column::instant:
            return std::to_string(at.value);
        case Column::message_key:
            break;
    }
    return fmt::format("'\\x{:08x}'", static_cast<std::uint32_t>(at.value / us_per_hour));
}

std::string partition_name(const SlicedTable& table, Month month) {
    return fmt::format("{}_{:04}_{:02}", table.name, month.year, month.month);
}

/// The month of a partition with such a name.
std::optional<Month> month_of_partition(const SlicedTable& table, std::string_view name) {
    if (!name.starts_with(table.name)) return std::nullopt;
    std::string text(name.substr(table.name.size()));
    if (text.size() != sizeof "_2026_11" - 1 || text[0] != '_' || text[5] != '_') return std::nullopt;
    text[5] = '-';
    return app::archive::parse_month(std::string_view(text).substr(1));
}

Clock::time_point deadline() { return Clock::now() + statement_patience; }

using Statements = std::vector<std::string>;

/// Statements of one transaction; rolled back when one fails. One at a time: Citus sends the text of what it was sent.
Result<void> in_transaction(Connection& connection, std::string_view patience, const Statements& statements,
                            const std::string& doing) {
    const auto run = [&](std::string_view sql) { return connection.run_script(std::string(sql), deadline()); };
    if (run("BEGIN") && run(patience) && std::ranges::all_of(statements, run) && run("COMMIT")) return {};
    auto failure = connection.failure("cannot " + doing);  // before the next statement takes its words
    if (!connection.is_broken()) run("ROLLBACK");
    return failure;
}

struct Missing {
    const SlicedTable* table;
    Month month;
};

Statements make_sql(const Missing& missing) {
    const auto& [table, month] = missing;
    const Instant begin = app::archive::begin_of(month), end = app::archive::begin_of(plus_months(month, 1));
    const std::string name = partition_name(*table, month);
    return {fmt::format("CREATE TABLE {} (LIKE {} INCLUDING ALL)", name, table->name),
            fmt::format("ALTER TABLE {} ATTACH PARTITION {} FOR VALUES FROM ({}) TO ({})", table->name, name,
                        bound(table->kind, begin), bound(table->kind, end))};
}

/// Those of the month that are not there, on this connection's schema path.
Result<std::vector<Missing>> missing_in(Connection& connection, Month month) {
    std::string names;
    std::vector<Missing> all;
    for (const auto tables :
         {std::span<const SlicedTable>(transaction_tables), std::span<const SlicedTable>(event_tables)})
        for (const SlicedTable& table : tables) {
            all.push_back({&table, month});
            names += fmt::format("{}'{}'", names.empty() ? "" : ", ", partition_name(table, month));
        }
    const PgResult rows = connection.run(
        fmt::format("SELECT to_regclass(name) IS NULL FROM unnest(ARRAY[{}]) WITH ORDINALITY AS n (name, place) "
                    "ORDER BY place",
                    names),
        {}, deadline());
    if (!rows || PQntuples(rows.get()) != static_cast<int>(all.size()))
        return connection.failure("cannot look for partitions");
    std::vector<Missing> missing;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (*PQgetvalue(rows.get(), static_cast<int>(i), 0) == 't') missing.push_back(all[i]);
    return missing;
}

/// In one transaction where that is possible. Mostly when it is not, rows of that month are in the default partition:
/// they stay there, and so do those that follow; the next month gets its own.
Result<void> make_month(Connection& connection, Month month) {
    for (const bool together : {true, false}) {
        const auto missing = missing_in(connection, month);
        if (!missing) return std::unexpected(missing.error());
        if (missing->empty()) return {};
        std::vector<Statements> scripts;
        for (const Missing& one : *missing) {
            if (!together || scripts.empty()) scripts.push_back({std::string(turn)});
            std::ranges::move(make_sql(one), std::back_inserter(scripts.back()));
        }
        for (const Statements& script : scripts) {
            const auto made =
                in_transaction(connection, make_patience, script, "make a partition of " + to_text(month));
            if (connection.is_broken()) return made;
            if (!made && !together) log::warning("partition_not_made").add("detail", made.error().internal_detail);
        }
    }
    return {};
}

/// The partitions of a table that end at or before the moment, oldest first.
Result<std::vector<std::string>> old_partitions(Connection& connection, const SlicedTable& table, Instant until) {
    const std::array name{std::string(table.name)};
    const PgResult rows = connection.run(
        "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid "
        "WHERE i.inhparent = to_regclass($1) ORDER BY 1",
        name, deadline());
    if (!rows) return connection.failure("cannot list partitions");
    std::vector<std::string> names;
    for (int i = 0; i < PQntuples(rows.get()); ++i) {
        const std::string_view partition = PQgetvalue(rows.get(), i, 0);
        const auto month = month_of_partition(table, partition);
        if (month && app::archive::begin_of(plus_months(*month, 1)) <= until) names.emplace_back(partition);
    }
    return names;
}

/// Entries of an old partition that no carry stands for would be lost for ever.
Result<void> check_carried(Connection& connection, const std::string& partition) {
    const PgResult rows =
        connection.run(fmt::format("SELECT t.account_id FROM {} t LEFT JOIN ledger_carry c USING (account_id) "
                                   "WHERE c.account_id IS NULL OR t.entry_no > c.entry_no LIMIT 1",
                                   partition),
                       {}, deadline());
    if (!rows) return connection.failure("cannot look into " + partition);
    if (PQntuples(rows.get()) == 0) return {};
    return fail(ErrorCode::internal, fmt::format("{} has entries of account {} that are not archived: it stays",
                                                 partition, PQgetvalue(rows.get(), 0, 0)));
}

Result<void> drop_one(Connection& connection, const std::string& partition) {
    Result<void> dropped;
    for (int i = 1; i <= drop_tries; ++i) {
        dropped = in_transaction(connection, drop_patience, {"DROP TABLE IF EXISTS " + partition}, "drop " + partition);
        if (dropped || connection.is_broken()) return dropped;
        std::this_thread::sleep_for(between_tries);
    }
    return dropped;
}

/// What lies outside the partitions. On a distributed table all at once: places of rows mean nothing there.
Result<void> delete_from_default(Connection& connection, const SlicedTable& table, Instant until, bool is_distributed) {
    const std::string which = fmt::format("{0}_default t WHERE t.{1} < {2}{3}", table.name, table.column,
                                          bound(table.kind, until), table.only_if);
    const std::string sql =
        is_distributed ? "DELETE FROM " + which
                       : fmt::format("DELETE FROM {}_default WHERE ctid = ANY(ARRAY(SELECT t.ctid FROM {} LIMIT {}))",
                                     table.name, which, rows_per_statement);
    while (true) {
        const PgResult done = connection.run(sql, {}, deadline());
        if (!done) return connection.failure(fmt::format("cannot delete from {}_default", table.name));
        if (std::string_view(PQcmdTuples(done.get())) == "0") return {};
    }
}

Result<void> drop(Connection& connection, const SlicedTable& table, Instant until, bool is_distributed) {
    const auto names = old_partitions(connection, table, until);
    if (!names) return std::unexpected(names.error());
    for (const std::string& name : *names) {
        if (table.name == ledger.name)
            if (auto carried = check_carried(connection, name); !carried) return carried;
        if (auto dropped = drop_one(connection, name); !dropped) return dropped;
        log::info("partition_dropped").add("partition", name);
    }
    return delete_from_default(connection, table, until, is_distributed);
}

}  // namespace

Result<void> Partitions::make(Instant from, Instant until) {
    auto connection = Connection::open(options_);
    if (!connection) return std::unexpected(std::move(connection.error()));
    for (Month month = app::archive::month_of(from); app::archive::begin_of(month) < until;
         month = plus_months(month, 1))
        if (auto made = make_month(**connection, month); !made) return made;
    return {};
}

Result<void> Partitions::drop_transactions(Instant until) {
    auto connection = Connection::open(options_);
    if (!connection) return std::unexpected(std::move(connection.error()));
    for (const SlicedTable& table : transaction_tables)
        if (auto done = drop(**connection, table, until, options_.distribution != nullptr); !done) return done;
    return {};
}

Result<void> Partitions::drop_events(Instant until) {
    auto connection = Connection::open(options_);
    if (!connection) return std::unexpected(std::move(connection.error()));
    for (const SlicedTable& table : event_tables)
        if (auto done = drop(**connection, table, until, options_.distribution != nullptr); !done) return done;
    return {};
}

}  // namespace takas::store::postgres
