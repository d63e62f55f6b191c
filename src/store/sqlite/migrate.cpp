// Applies migrations. See schema.hpp.
#include <fmt/format.h>

#include "store/sqlite/schema.hpp"

namespace takas::store::sqlite {
namespace {

using migrations::Migration;

struct Applied {
    int version;
    std::string checksum;
};

std::string text_at(sqlite3_stmt* statement, int column) {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement, column));
    return data ? std::string(data, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))) : std::string();
}

Result<std::vector<Applied>> read_applied(Connection& connection) {
    const Statement query = connection.prepare("SELECT version, checksum FROM schema_migration ORDER BY version");
    std::vector<Applied> applied;
    int code = SQLITE_ERROR;
    while (query && (code = sqlite3_step(query.get())) == SQLITE_ROW)
        applied.push_back({sqlite3_column_int(query.get(), 0), text_at(query.get(), 1)});
    if (code != SQLITE_DONE) return connection.failure("cannot read schema_migration");
    return applied;
}

Result<void> check_history(std::span<const Applied> applied, std::span<const Migration> known) {
    if (applied.size() > known.size())
        return fail(ErrorCode::internal,
                    fmt::format("database is at version {}, this binary knows {}: use a newer binary",
                                applied.back().version, known.size()));
    for (std::size_t i = 0; i < applied.size(); ++i)
        if (applied[i].version != known[i].version || applied[i].checksum != migrations::checksum(known[i].sql))
            return fail(ErrorCode::internal,
                        fmt::format("migration {} ({}) is not the one this database was built with", known[i].version,
                                    known[i].name));
    return {};
}

Result<void> record_migration(Connection& connection, const Migration& migration) {
    const Statement insert = connection.prepare(
        "INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES (?, ?, ?, unixepoch() * 1000000)");
    if (!insert) return connection.failure("cannot write schema_migration");
    const std::string checksum = migrations::checksum(migration.sql);
    sqlite3_bind_int(insert.get(), 1, migration.version);
    sqlite3_bind_text64(insert.get(), 2, migration.name.data(), migration.name.size(), nullptr, SQLITE_UTF8);
    sqlite3_bind_text64(insert.get(), 3, checksum.data(), checksum.size(), nullptr, SQLITE_UTF8);
    if (sqlite3_step(insert.get()) != SQLITE_DONE) return connection.failure("cannot write schema_migration");
    return {};
}

/// Inside a transaction: the next missing migration. Answers whether there was one.
Result<bool> apply_next(Connection& connection, std::span<const Migration> known) {
    auto applied = read_applied(connection);
    if (!applied) return std::unexpected(std::move(applied.error()));
    if (auto fits = check_history(*applied, known); !fits) return std::unexpected(std::move(fits.error()));
    if (applied->size() == known.size()) return false;

    const Migration& next = known[applied->size()];
    auto sql = migrations::spell(next, migrations::Dialect::sqlite);
    if (!sql) return std::unexpected(std::move(sql.error()));
    if (connection.run(sql->c_str()) != SQLITE_OK)
        return connection.failure(fmt::format("migration {} ({})", next.version, next.name));
    if (auto done = record_migration(connection, next); !done) return std::unexpected(std::move(done.error()));
    return true;
}

}  // namespace

Result<void> migrate(Connection& connection, std::span<const Migration> known) {
    for (std::size_t i = 0; i < known.size(); ++i)
        if (known[i].version != static_cast<int>(i) + 1)
            return fail(ErrorCode::internal, fmt::format("migration {} is not in its place", known[i].name));
    auto done = connection.execute(
        "CREATE TABLE IF NOT EXISTS schema_migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL,"
        " checksum TEXT NOT NULL, applied_at INTEGER NOT NULL)");
    if (!done) return done;
    while (true) {
        // The write lock first: of two servers that start at once, the second one sees what the first one did.
        if (auto begun = connection.execute("BEGIN IMMEDIATE"); !begun) return begun;
        auto applied = apply_next(connection, known);
        if (!applied) {
            connection.rollback();
            return std::unexpected(std::move(applied.error()));
        }
        if (connection.run("COMMIT") != SQLITE_OK) {
            auto failure = connection.failure("cannot commit a migration");
            connection.rollback();
            return failure;
        }
        if (!*applied) return {};
    }
}

}  // namespace takas::store::sqlite
