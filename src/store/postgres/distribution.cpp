// See distribution.hpp.
#include "store/postgres/distribution.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace takas::store::postgres {
namespace {

constexpr const char* has_citus_sql = "SELECT to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL";

constexpr const char* tables_sql =
    "SELECT c.relname, p.partmethod, column_to_column_name(p.logicalrelid, p.partkey) FROM pg_dist_partition p "
    "JOIN pg_class c ON c.oid = p.logicalrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE NOT c.relispartition AND n.nspname = current_schema()";

constexpr const char* shards_sql =
    "SELECT s.shardminvalue::int8, p.groupid FROM pg_dist_shard s JOIN pg_dist_placement p USING (shardid) "
    "WHERE s.logicalrelid = to_regclass('card_account') ORDER BY 1";

}  // namespace

bool Distribution::is_complete() const {
    return is_mark_known && shards.worker_count() > 0 &&
           std::ranges::all_of(distributed_tables, [this](std::string_view name) {
               const auto found = column_by_table.find(name);
               return found != column_by_table.end() && found->second == distribution_column;
           });
}

Result<Distribution> read_distribution(Connection& connection, Clock::time_point deadline) {
    Distribution found;
    const PgResult has_citus = connection.run(has_citus_sql, {}, deadline);
    if (!has_citus) return connection.failure("cannot look for Citus");
    if (*PQgetvalue(has_citus.get(), 0, 0) != 't') return found;
    const PgResult tables = connection.run(tables_sql, {}, deadline);
    if (!tables) return connection.failure("cannot read the distributed tables");
    for (int i = 0; i < PQntuples(tables.get()); ++i) {
        const std::string name = PQgetvalue(tables.get(), i, 0);
        if (*PQgetvalue(tables.get(), i, 1) == 'h')
            found.column_by_table[name] = PQgetvalue(tables.get(), i, 2);
        else if (name == mark_table)
            found.is_mark_known = true;
    }
    const PgResult rows = connection.run(shards_sql, {}, deadline);
    if (!rows) return connection.failure("cannot read the shards");
    std::vector<Shard> shards;
    for (int i = 0; i < PQntuples(rows.get()); ++i)
        shards.push_back({static_cast<std::int32_t>(std::strtol(PQgetvalue(rows.get(), i, 0), nullptr, 10)),
                          std::strtol(PQgetvalue(rows.get(), i, 1), nullptr, 10)});
    found.shards = ShardMap(std::move(shards));
    return found;
}

Result<std::shared_ptr<const Distribution>> expect_distribution(Connection& connection, Clock::time_point deadline) {
    auto found = read_distribution(connection, deadline);
    if (!found) return std::unexpected(std::move(found.error()));
    const bool has_any =
        std::ranges::any_of(distributed_tables, [&](std::string_view name) { return found->holds(name); });
    if (!has_any) return nullptr;
    if (!found->is_complete())
        return fail(ErrorCode::internal,
                    "only some of the tables are distributed: run `takas init --distribute` while no server runs");
    return std::make_shared<const Distribution>(std::move(*found));
}

}  // namespace takas::store::postgres
