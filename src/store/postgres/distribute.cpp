// See distribute.hpp. What is distributed: distribution.hpp. All else is small (institution, products, users), written
// once per card (card numbers), or belongs to the coordinator (webhook deliveries, marks).
#include "store/postgres/distribute.hpp"

#include <fmt/format.h>

#include "store/postgres/connection.hpp"
#include "store/postgres/distribution.hpp"
#include "store/postgres/schema.hpp"

namespace takas::store::postgres {
namespace {

/// Citus's own default. A shard is what moves when workers are added: more of them than there will be workers, but each
/// month's partitions are as many tables again.
constexpr int shard_count = 32;
/// Citus copies the rows in the transaction, while nobody else may use the tables: minutes.
constexpr std::int64_t max_rows_to_move = 1'000'000;
constexpr std::chrono::hours moving_patience{2};
constexpr std::chrono::seconds connect_timeout{10};

Clock::time_point deadline() { return Clock::now() + moving_patience; }

struct Question {
    std::string_view sql;  ///< true: nothing stands against it
    std::string_view trouble;
};

constexpr Question questions[] = {
    {"SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus')",
     "the database has no Citus: CREATE EXTENSION citus in it, on every node"},
    {"SELECT groupid = 0 FROM pg_dist_local_group", "this node is a worker: give the coordinator's URL"},
    {"SELECT EXISTS (SELECT FROM pg_dist_node WHERE groupid = 0)",
     "the coordinator does not know its own address: SELECT citus_set_coordinator_host(...)"},
    {"SELECT EXISTS (SELECT FROM pg_dist_node WHERE groupid <> 0 AND isactive AND shouldhaveshards)",
     "there are no workers: SELECT citus_add_node(...)"},
};

Result<bool> is_true(Connection& connection, std::string_view sql) {
    const PgResult row = connection.run(std::string(sql), {}, deadline());
    if (!row || PQntuples(row.get()) != 1) return connection.failure("cannot look at the database");
    return *PQgetvalue(row.get(), 0, 0) == 't';
}

Result<void> expect(Connection& connection, const Question& question) {
    const auto answer = is_true(connection, question.sql);
    if (!answer) return std::unexpected(answer.error());
    if (*answer) return {};
    return fail(ErrorCode::internal, "cannot distribute: " + std::string(question.trouble));
}

Result<void> expect_few_rows(Connection& connection, std::string_view table) {
    const auto answer = is_true(connection, fmt::format("SELECT count(*) <= {1} FROM (SELECT FROM {0} LIMIT {1} + 1) t",
                                                        table, max_rows_to_move));
    if (!answer) return std::unexpected(answer.error());
    if (*answer) return {};
    return fail(ErrorCode::internal,
                fmt::format("cannot distribute: {} has more than {} rows, too many to move at once; load a copy into "
                            "a database that is distributed",
                            table, max_rows_to_move));
}

std::string distribute_sql(const Distribution& found) {
    std::string sql = "BEGIN; SET LOCAL client_min_messages = error;";
    for (const std::string_view table : distributed_tables) {
        if (found.holds(table)) continue;
        const bool is_first = table == distributed_tables.front();
        sql += fmt::format(
            "SELECT create_distributed_table('{0}', '{1}', {2}); "
            "SELECT truncate_local_data_after_distributing_table('{0}');",
            table, distribution_column,
            is_first ? fmt::format("colocate_with => 'none', shard_count => {}", shard_count)
                     : fmt::format("colocate_with => '{}'", distributed_tables.front()));
    }
    // A card is mostly asked for by its token alone; its number's row, on the coordinator, says of which account it is.
    sql += "CREATE INDEX IF NOT EXISTS card_number_token ON card_number (token_id);";
    if (!found.is_mark_known) sql += fmt::format("SELECT citus_add_local_table_to_metadata('{}');", mark_table);
    return sql + "COMMIT;";
}

Result<void> distribute_over(Connection& connection) {
    const auto found = read_distribution(connection, deadline());
    if (!found) return std::unexpected(found.error());
    if (found->is_complete()) return {};
    const Question no_servers{
        "SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'takas' AND "
        "datname = current_database() AND pid <> pg_backend_pid())",
        "servers run on the database, and they would read it wrongly from now on: stop them"};
    if (auto alone = expect(connection, no_servers); !alone) return alone;
    for (const std::string_view table : distributed_tables)
        if (!found->holds(table))
            if (auto few = expect_few_rows(connection, table); !few) return few;
    if (connection.run_script(distribute_sql(*found), deadline())) return {};
    auto failure = connection.failure("cannot distribute");
    if (!connection.is_broken()) connection.run_script("ROLLBACK", deadline());
    return failure;
}

}  // namespace

Result<void> distribute(const std::string& url) {
    auto connection = Connection::open({.url = url, .connect_timeout = connect_timeout, .statement_timeout = {}});
    if (!connection) return std::unexpected(std::move(connection.error()));
    for (const Question& question : questions)
        if (auto well = expect(**connection, question); !well) return well;
    if (auto migrated = migrate(**connection, migrations::all()); !migrated) return migrated;
    if (auto ready = prepare_own_tables(**connection); !ready) return ready;
    return distribute_over(**connection);
}

}  // namespace takas::store::postgres
