// Applies migrations. See schema.hpp.
#include <fmt/format.h>

#include <array>
#include <cstdlib>

#include "store/postgres/schema.hpp"

namespace takas::store::postgres {
namespace {

using migrations::Migration;

/// A migration may rewrite a large table.
constexpr std::chrono::hours migration_timeout{12};
/// Two servers that start at once take turns. The number only has to be the same in both.
constexpr std::string_view begin_in_turn = "BEGIN; SELECT pg_advisory_xact_lock(7264831955260);";

Clock::time_point deadline() { return Clock::now() + migration_timeout; }

Result<int> check_history(Connection& connection, std::span<const Migration> known) {
    const PgResult rows =
        connection.run("SELECT version, checksum FROM schema_migration ORDER BY version", {}, deadline());
    if (!rows) return connection.failure("cannot read schema_migration");
    const int count = PQntuples(rows.get());
    if (static_cast<std::size_t>(count) > known.size())
        return fail(ErrorCode::internal,
                    fmt::format("database is at version {}, this binary knows {}: use a newer binary",
                                PQgetvalue(rows.get(), count - 1, 0), known.size()));
    for (int i = 0; i < count; ++i) {
        const Migration& m = known[static_cast<std::size_t>(i)];
        if (std::atoi(PQgetvalue(rows.get(), i, 0)) != m.version ||
            PQgetvalue(rows.get(), i, 1) != migrations::checksum(m.sql))
            return fail(
                ErrorCode::internal,
                fmt::format("migration {} ({}) is not the one this database was built with", m.version, m.name));
    }
    return count;
}

/// Inside a transaction: the next missing migration. Answers whether there was one.
Result<bool> apply_next(Connection& connection, std::span<const Migration> known) {
    const auto applied = check_history(connection, known);
    if (!applied) return std::unexpected(applied.error());
    if (static_cast<std::size_t>(*applied) == known.size()) return false;
    const Migration& next = known[static_cast<std::size_t>(*applied)];
    const auto sql = migrations::spell(next, migrations::Dialect::postgres);
    if (!sql) return std::unexpected(sql.error());
    if (!connection.run_script(*sql + ";", deadline()))
        return connection.failure(fmt::format("migration {} ({})", next.version, next.name));
    const std::array row{std::to_string(next.version), std::string(next.name), migrations::checksum(next.sql)};
    if (!connection.run("INSERT INTO schema_migration (version, name, checksum, applied_at) "
                        "VALUES ($1::int8, $2, $3, (extract(epoch FROM now()) * 1000000)::int8)",
                        row, deadline()))
        return connection.failure("cannot write schema_migration");
    return true;
}

}  // namespace

Result<void> migrate(Connection& connection, std::span<const Migration> known) {
    for (std::size_t i = 0; i < known.size(); ++i)
        if (known[i].version != static_cast<int>(i) + 1)
            return fail(ErrorCode::internal, fmt::format("migration {} is not in its place", known[i].name));
    if (!connection.run_script(std::string(begin_in_turn) +
                                   "CREATE TABLE IF NOT EXISTS schema_migration (version BIGINT PRIMARY KEY, "
                                   "name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL); COMMIT;",
                               deadline()))
        return connection.failure("cannot make schema_migration");
    while (true) {
        // In turn: of two servers that start at once, the second one sees what the first one did.
        if (!connection.run_script(std::string(begin_in_turn), deadline())) return connection.failure("cannot migrate");
        auto applied = apply_next(connection, known);
        if (!applied) {
            connection.run_script("ROLLBACK", deadline());
            return std::unexpected(std::move(applied.error()));
        }
        if (!connection.run_script("COMMIT", deadline())) return connection.failure("cannot commit a migration");
        if (!*applied) return {};
    }
}

}  // namespace takas::store::postgres
