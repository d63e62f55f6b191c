// The database's schema: brings it to this program's version, compares it with the records' descriptions, and keeps the
// few tables that belong to this adapter alone.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/ports/store.hpp"
#include "store/migrations/migrations.hpp"
#include "store/postgres/connection.hpp"

namespace takas::store::postgres {

/// Applies the missing migrations in order, each in a transaction of its own with its row in schema_migration, so that
/// a killed run starts again where it was. Servers that start at once wait for one another. Refuses a database of a
/// newer program and an edited history.
Result<void> migrate(Connection& connection, std::span<const migrations::Migration> migrations);

/// commit_mark, store_probe and store_epoch. Raises the epoch when the database holds numbers that its transaction ids
/// have not reached: it was restored into a younger cluster.
Result<void> prepare_own_tables(Connection& connection);

/// One sentence for each way in which the database differs from the tables; none when they agree.
Result<std::vector<std::string>> schema_differences(Connection& connection,
                                                    std::span<const app::ports::Table* const> tables);

}  // namespace takas::store::postgres
