// See session.hpp.
#include "store/postgres/session.hpp"

#include <sys/random.h>

#include <limits>

#include "base/log.hpp"
#include "store/postgres/distribution.hpp"

namespace takas::store::postgres {
namespace {

constexpr std::string_view mark_sql =
    "WITH met AS (UPDATE commit_mark SET batch_no = $2, marked_at = now() WHERE writer_id = $1 AND NOT is_closed "
    "RETURNING 1) "
    "SELECT 1 / (SELECT count(*) FROM met)";
/// The mark is not a statement of the batch.
constexpr std::size_t mark_statement = std::numeric_limits<std::size_t>::max();
constexpr std::string_view division_by_zero = "22012";
/// On a distributed database a row of a worker may come to light after its transaction has given free its locks on the
/// coordinator. Who looks for rows that must not be there first waits for what is on its way: see Unit::forbid.
constexpr std::string_view wait_for_open_commits_sql = R"(DO $$
DECLARE
    awaited text[];
    still text[];
    has_all boolean;
BEGIN
    LOOP
        SELECT coalesce(array_agg(name) FILTER (WHERE name IS NOT NULL), '{}'), bool_and(success) INTO still, has_all
        FROM run_command_on_workers($sql$@prepared@$sql$)
        LEFT JOIN LATERAL unnest(string_to_array(CASE WHEN success THEN result END, ',')) AS name ON true;
        IF NOT coalesce(has_all, true) THEN
            RAISE EXCEPTION 'a worker does not answer' USING ERRCODE = '08006';
        END IF;
        IF awaited IS NULL THEN awaited := still; END IF;
        awaited := ARRAY(SELECT unnest(awaited) INTERSECT SELECT unnest(still));
        EXIT WHEN cardinality(awaited) = 0 OR clock_timestamp() > statement_timestamp() + interval '3 s';
        PERFORM pg_sleep(0.02);
    END LOOP;
    IF cardinality(awaited) > 0 THEN
        RAISE EXCEPTION 'commits are open on the workers' USING ERRCODE = '55P03';
    END IF;
END $$)";
/// Marks of servers that were killed.
constexpr std::string_view forget_marks_sql = "DELETE FROM commit_mark WHERE marked_at < now() - interval '7 days'";

std::string wait_sql() {
    constexpr std::string_view place = "@prepared@";
    std::string sql(wait_for_open_commits_sql);
    return sql.replace(sql.find(place), place.size(), prepared_sql);
}

std::int64_t random_id() {
    std::uint64_t bits = 0;
    if (getrandom(&bits, sizeof bits, 0) != sizeof bits)
        bits = static_cast<std::uint64_t>(Clock::now().time_since_epoch().count());
    return static_cast<std::int64_t>(bits >> 1U);
}

}  // namespace

Result<std::unique_ptr<Session>> Session::open(const ConnectionOptions& options,
                                               const std::function<void()>& while_waiting) {
    auto connection = Connection::open(options, while_waiting);
    if (!connection) return std::unexpected(std::move(connection.error()));
    std::unique_ptr<Session> session(new Session(std::move(*connection)));
    session->explicit_transactions_ = options.explicit_transactions;
    session->distribution_ = options.distribution;
    if (auto ready = session->set_up(Clock::now() + options.connect_timeout); !ready)
        return std::unexpected(std::move(ready.error()));
    return session;
}

Result<void> Session::set_up(Clock::time_point deadline) {
    auto types = read_row_types(*connection_, deadline);
    if (!types) return std::unexpected(std::move(types.error()));
    row_types_ = std::move(*types);
    const PgResult citus = connection_->run("SELECT 1 FROM pg_extension WHERE extname = 'citus'", {}, deadline);
    if (!citus) return connection_->failure("cannot read the extensions");
    if (PQntuples(citus.get()) > 0) explicit_transactions_ = true;
    mark_.writer_id = random_id();
    const std::array parameters{std::to_string(mark_.writer_id)};
    if (!connection_->run(std::string(forget_marks_sql), {}, deadline) ||
        !connection_->run("INSERT INTO commit_mark (writer_id, batch_no, marked_at) VALUES ($1::int8, 0, now())",
                          parameters, deadline))
        return connection_->failure("cannot write");
    return {};
}

KnownTable* Session::table(const app::ports::Table& table) {
    auto& known = tables_[&table];
    if (known) return known.get();
    const auto type = row_types_.find(table.name);
    if (type == row_types_.end()) return nullptr;
    std::string_view distributed_by;
    if (distribution_)
        if (const auto found = distribution_->column_by_table.find(table.name);
            found != distribution_->column_by_table.end())
            distributed_by = found->second;
    auto layout = make_layout(table, type->second, distributed_by);
    if (!layout) {
        log::error("store_table_unusable").add("table", table.name).add("reason", layout.error().internal_detail);
        return nullptr;
    }
    known = std::make_unique<KnownTable>(KnownTable{std::move(*layout), {}});
    return known.get();
}

bool Session::send(const std::string& sql, const Parameters& p, bool prepare, std::size_t statement) {
    PGconn* handle = connection_->handle();
    std::string name(connection_->prepared_name(sql));
    if (name.empty() && prepare) {
        name = connection_->next_prepared_name();
        // Remembered at once, so that a second use in this pipeline finds it; forgotten if it was not prepared after
        // all.
        connection_->remember_prepared(sql, name);
        if (PQsendPrepare(handle, name.c_str(), sql.c_str(), p.count(), p.types.data()) == 0) return false;
        sent_.push_back({sql, name, statement});
    }
    sent_.push_back({{}, {}, statement});
    if (name.empty())
        return PQsendQueryParams(handle, sql.c_str(), p.count(), p.types.data(), p.values.data(), p.sizes.data(),
                                 p.formats.data(), 1) != 0;
    return PQsendQueryPrepared(handle, name.c_str(), p.count(), p.values.data(), p.sizes.data(), p.formats.data(), 1) !=
           0;
}

bool Session::send(BatchStatement& statement, std::deque<std::string>& scratch, std::size_t index) {
    if (statement.verb == Verb::forbid && distribution_ && distribution_->holds(statement.forbidden->table->name)) {
        static const std::string wait = wait_sql();
        if (!send(wait, {}, false, index)) return false;
    }
    const bool prepare = statement.verb != Verb::forbid && statement.verb != Verb::refuse;
    return send(sql_of(statement), parameters_of(statement, scratch), prepare, index);
}

Attempt Session::run(Batch& batch, Clock::time_point deadline) {
    sent_.clear();
    PGconn* handle = connection_->handle();
    if (PQpipelineStatus(handle) == PQ_PIPELINE_OFF && PQenterPipelineMode(handle) == 0)
        return {Attempt::End::lost, {}, 0, {}};
    ++mark_.batch_no;
    std::deque<std::string> scratch;
    Parameters mark;
    append_int64(scratch.emplace_back(), mark_.writer_id);
    mark.add(int8_type, scratch.back().data(), scratch.back().size());
    append_int64(scratch.emplace_back(), mark_.batch_no);
    mark.add(int8_type, scratch.back().data(), scratch.back().size());
    bool sent = !explicit_transactions_ || send("BEGIN", {}, true, mark_statement);
    sent = sent && send(std::string(mark_sql), mark, true, mark_statement);
    std::size_t index = 0;
    for (BatchStatement* statement : batch.statements()) sent = sent && send(*statement, scratch, index++);
    if (explicit_transactions_) sent = sent && send("COMMIT", {}, true, mark_statement);
    if (!sent || PQpipelineSync(handle) == 0) return {Attempt::End::lost, {}, 0, {}};
    Attempt attempt = receive(deadline);
    if (explicit_transactions_ && attempt.end != Attempt::End::lost && attempt.end != Attempt::End::committed)
        return roll_back(std::move(attempt), deadline);
    return attempt;
}

/// The refused statement ended the pipeline before its COMMIT: the transaction is still there.
Attempt Session::roll_back(Attempt refused, Clock::time_point deadline) {
    sent_.clear();
    if (!send("ROLLBACK", {}, true, mark_statement) || PQpipelineSync(connection_->handle()) == 0 ||
        receive(deadline).end != Attempt::End::committed)
        return {Attempt::End::lost, {}, 0, "cannot roll back"};
    return refused;
}

Attempt Session::receive(Clock::time_point deadline) {
    Attempt attempt;
    std::size_t at = 0;
    bool is_end_expected = false;
    while (true) {
        Arrival arrival = connection_->next(deadline);
        if (arrival.kind == Arrival::Kind::lost) return {Attempt::End::lost, {}, 0, connection_->last_message()};
        if (arrival.kind == Arrival::Kind::end) {
            // Two in a row: libpq has nothing more to tell, although the end of the pipeline has not come.
            if (!is_end_expected) return {Attempt::End::lost, {}, 0, "the pipeline ended early"};
            is_end_expected = false;
            ++at;
            continue;
        }
        is_end_expected = true;
        const auto status = PQresultStatus(arrival.result.get());
        if (status == PGRES_PIPELINE_SYNC) break;
        const bool is_preparation = at < sent_.size() && !sent_[at].name.empty();
        if (is_preparation && status != PGRES_COMMAND_OK) connection_->forget_prepared(sent_[at].sql);
        if (status != PGRES_FATAL_ERROR || attempt.end != Attempt::End::committed) continue;
        connection_->note_failure(arrival.result.get());
        const std::size_t statement = at < sent_.size() ? sent_[at].statement : mark_statement;
        const bool mark_is_gone = statement == mark_statement && connection_->last_state() == division_by_zero;
        attempt = {mark_is_gone ? Attempt::End::outdated : Attempt::End::refused,
                   std::string(connection_->last_state()), statement, connection_->last_message()};
    }
    if (connection_->take_replication_doubt()) return {Attempt::End::lost, {}, 0, "not replicated"};
    return attempt;
}

std::optional<bool> Session::was_committed(const Mark& mark, Clock::time_point deadline) {
    // Waits for the old connection's transaction as long as it holds the row, and that this very statement is durable
    // and replicated means that what it saw is too. It may be asked again, should its own answer get lost.
    const std::array parameters{std::to_string(mark.writer_id)};
    const PgResult row = connection_->run(
        "UPDATE commit_mark SET is_closed = true WHERE writer_id = $1::int8 RETURNING batch_no", parameters, deadline);
    if (!row || connection_->take_replication_doubt() || PQntuples(row.get()) != 1) return std::nullopt;
    return std::string_view(PQgetvalue(row.get(), 0, 0)) == std::to_string(mark.batch_no);
}

bool Session::probe(Clock::time_point deadline) {
    if (PQpipelineStatus(connection_->handle()) != PQ_PIPELINE_OFF && PQexitPipelineMode(connection_->handle()) == 0)
        return false;
    return connection_->run_script(
        "INSERT INTO store_probe (filler) SELECT repeat('x', 7000) FROM generate_series(1, 16); "
        "DELETE FROM store_probe;",
        deadline);
}

void Session::close(Clock::time_point deadline) {
    if (PQpipelineStatus(connection_->handle()) != PQ_PIPELINE_OFF && PQexitPipelineMode(connection_->handle()) == 0)
        return;
    const std::array parameters{std::to_string(mark_.writer_id)};
    connection_->run("DELETE FROM commit_mark WHERE writer_id = $1::int8", parameters, deadline);
}

}  // namespace takas::store::postgres
