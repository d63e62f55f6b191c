// The database's schema: brings it to this program's version, and compares it with the records' descriptions.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/ports/store.hpp"
#include "store/migrations/migrations.hpp"
#include "store/sqlite/connection.hpp"

namespace takas::store::sqlite {

/// Applies the missing migrations in order, each in a transaction of its own with its row in schema_migration, so that
/// a killed run starts again where it was. Refuses a database of a newer program and an edited history.
Result<void> migrate(Connection& connection, std::span<const migrations::Migration> migrations);

/// One sentence for each way in which the database differs from the tables; none when they agree.
Result<std::vector<std::string>> schema_differences(Connection& connection,
                                                    std::span<const app::ports::Table* const> tables);

}  // namespace takas::store::sqlite
