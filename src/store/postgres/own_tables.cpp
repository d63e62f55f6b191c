// The adapter's own tables. See schema.hpp.
#include <fmt/format.h>

#include <array>

#include "store/postgres/schema.hpp"
#include "store/postgres/sql_text.hpp"

namespace takas::store::postgres {
namespace {

constexpr std::chrono::minutes patience{1};

constexpr std::string_view make_sql =
    "BEGIN; SELECT pg_advisory_xact_lock(7264831955260);"
    "CREATE TABLE IF NOT EXISTS commit_mark (writer_id BIGINT PRIMARY KEY, batch_no BIGINT NOT NULL, "
    "is_closed BOOLEAN NOT NULL DEFAULT false, marked_at TIMESTAMPTZ NOT NULL) WITH (fillfactor = 10);"
    "CREATE TABLE IF NOT EXISTS store_probe (filler TEXT NOT NULL);"
    "ALTER TABLE store_probe ALTER COLUMN filler SET STORAGE PLAIN;"
    "CREATE TABLE IF NOT EXISTS store_epoch (id BIGINT PRIMARY KEY, epoch BIGINT NOT NULL);"
    "INSERT INTO store_epoch VALUES (1, 0) ON CONFLICT DO NOTHING; COMMIT;";

/// The numbered tables: those whose primary key begins with sequence_no.
constexpr std::string_view numbered_sql =
    "SELECT quote_ident(c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary "
    "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0] AND a.attname = 'sequence_no' "
    "WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname = current_schema()";

/// By itself: in one statement with it a distributed database would ask the workers for their transaction id.
PgResult highest_number(Connection& connection, const std::string& table, Clock::time_point deadline) {
    return connection.run(fmt::format("SELECT coalesce(max(sequence_no), 0) >> {} FROM {}", number_bits, table), {},
                          deadline);
}

/// Whoever writes numbers reads the epoch in the same statement, so the lock waits for them and they for the lock.
Result<void> raise_epoch(Connection& connection, const std::string& table) {
    const auto deadline = Clock::now() + patience;
    if (connection.run_script("BEGIN; LOCK TABLE store_epoch IN ACCESS EXCLUSIVE MODE;", deadline))
        if (const PgResult highest = highest_number(connection, table, deadline))
            if (connection.run_script(fmt::format("UPDATE store_epoch SET epoch = greatest(epoch, {}::int8 + 1 - "
                                                  "pg_current_xact_id()::text::int8); COMMIT;",
                                                  PQgetvalue(highest.get(), 0, 0)),
                                      deadline))
                return {};
    auto failure = connection.failure("cannot raise the epoch");
    connection.run_script("ROLLBACK", deadline);
    return failure;
}

}  // namespace

Result<void> prepare_own_tables(Connection& connection) {
    const auto deadline = Clock::now() + patience;
    if (!connection.run_script(std::string(make_sql), deadline)) {
        auto failure = connection.failure("cannot make the store's own tables");
        connection.run_script("ROLLBACK", deadline);
        return failure;
    }
    const PgResult numbered = connection.run(std::string(numbered_sql), {}, deadline);
    if (!numbered) return connection.failure("cannot find the numbered tables");
    for (int i = 0; i < PQntuples(numbered.get()); ++i) {
        const std::string table = PQgetvalue(numbered.get(), i, 0);
        const PgResult highest = highest_number(connection, table, deadline);
        if (!highest) return connection.failure("cannot read the highest number");
        const PgResult ahead = connection.run(
            fmt::format("SELECT {}::int8 >= pg_current_xact_id()::text::int8 + (SELECT epoch FROM store_epoch)",
                        PQgetvalue(highest.get(), 0, 0)),
            {}, deadline);
        if (!ahead) return connection.failure("cannot read the highest number");
        if (*PQgetvalue(ahead.get(), 0, 0) != 't') continue;
        if (auto raised = raise_epoch(connection, table); !raised) return raised;
    }
    return {};
}

}  // namespace takas::store::postgres
