// See readers.hpp.
#include "store/postgres/readers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <optional>
#include <thread>

#include "store/postgres/conditions.hpp"
#include "store/postgres/distribution.hpp"
#include "store/postgres/horizon.hpp"
#include "store/postgres/row_array.hpp"
#include "store/record/column.hpp"

namespace takas::store::postgres {
namespace {

using app::ports::Compare;
using app::ports::Condition;
using app::ports::Query;
using app::ports::Store;
using app::ports::Table;

/// Larger answers come row by row, so that memory stays bounded.
constexpr std::int64_t max_rows_at_once = 1'000;
/// Nobody says when a transaction of somebody else's connection ends; most take milliseconds.
constexpr std::chrono::milliseconds look_again_after{5};
/// Shapes of queries are few; whoever makes up endless ones gets them planned each time.
constexpr std::size_t max_prepared = 256;

record::Cell cell_at(const PGresult* result, int row, int column, record::ColumnClass column_class) {
    if (PQgetisnull(result, row, column) != 0) return {};
    const char* data = PQgetvalue(result, row, column);
    if (column_class == record::ColumnClass::integer) return {record::CellKind::integer, read_int64(data), {}};
    return {record::CellKind::text, 0, {data, static_cast<std::size_t>(PQgetlength(result, row, column))}};
}

Result<void> read_row(const PGresult* result, int row, const Table& table, void* record) {
    return record::read_row(table, record, [&](int column, const Field& field) {
        return cell_at(result, row, column, record::column_class(*field.type));
    });
}

/// Texts with a byte that PostgreSQL cannot store equal nothing in it.
bool can_match(std::span<const Condition> conditions, const Table& table) {
    return std::ranges::none_of(conditions, [&](const Condition& c) {
        const auto* text = std::get_if<std::string>(&c.value);
        return text && text->contains('\0') && type_of_column(*record::find_column(table, c.column)) == text_type;
    });
}

/// The connection or what it has prepared is no longer good, the question may well be.
bool is_stale(std::string_view state) {
    return state.empty() || state.starts_with("57P") || state.starts_with("08") || state == "26000" ||
           state == "0A000" || state == "25006";
}

}  // namespace

Result<std::unique_ptr<Connection>> Readers::take(bool fresh) {
    {
        const std::lock_guard lock(mutex_);
        if (fresh) idle_.clear();
        // Another connection may have found a newer primary since.
        while (!idle_.empty() && !options_.connection.newest_timeline->admits(idle_.back()->timeline()))
            idle_.pop_back();
        if (!idle_.empty()) {
            auto connection = std::move(idle_.back());
            idle_.pop_back();
            return connection;
        }
        if (Clock::now() < down_until_) return fail(ErrorCode::unavailable, "the database server is down");
    }
    auto opened = Connection::open(options_.connection);
    if (!opened) {
        const std::lock_guard lock(mutex_);
        down_until_ = Clock::now() + options_.retry_interval;
    }
    return opened;
}

void Readers::give_back(std::unique_ptr<Connection> connection) {
    const std::lock_guard lock(mutex_);
    if (idle_.size() < options_.max_idle) idle_.push_back(std::move(connection));
}

bool Readers::prepare(Connection& connection, const Question& question, std::string& name, Clock::time_point deadline) {
    name = connection.prepared_name(question.sql);
    if (!name.empty() || connection.prepared_count() >= max_prepared) return true;
    name = connection.next_prepared_name();
    const Parameters& p = question.parameters;
    if (PQsendPrepare(connection.handle(), name.c_str(), question.sql.c_str(), p.count(), p.types.data()) == 0)
        return false;
    bool is_prepared = false;
    for (Arrival arrival = connection.next(deadline);; arrival = connection.next(deadline)) {
        if (arrival.kind == Arrival::Kind::lost) return false;
        if (arrival.kind == Arrival::Kind::end) break;
        is_prepared = PQresultStatus(arrival.result.get()) == PGRES_COMMAND_OK;
        if (!is_prepared) connection.note_failure(arrival.result.get());
    }
    if (is_prepared) connection.remember_prepared(question.sql, name);
    return is_prepared;
}

Readers::Ended Readers::ask_over(Connection& connection, const Question& question, Result<void>& result) {
    const auto timeout = question.is_large ? options_.large_read_timeout : options_.read_timeout;
    const auto failed = [&](bool may_repeat) {
        result = connection.failure("cannot read");
        return may_repeat && is_stale(connection.last_state()) ? Ended::on_stale_connection : Ended::in_error;
    };
    std::string name;
    connection.forget_failure();
    if (!prepare(connection, question, name, Clock::now() + timeout)) return failed(true);
    const Parameters& p = question.parameters;
    const int sent = name.empty()
                         ? PQsendQueryParams(connection.handle(), question.sql.c_str(), p.count(), p.types.data(),
                                             p.values.data(), p.sizes.data(), p.formats.data(), 1)
                         : PQsendQueryPrepared(connection.handle(), name.c_str(), p.count(), p.values.data(),
                                               p.sizes.data(), p.formats.data(), 1);
    if (sent == 0) return failed(true);
    if (question.is_large) PQsetSingleRowMode(connection.handle());
    bool has_rows = false, is_refused = false;
    while (true) {
        const Arrival arrival = connection.next(Clock::now() + timeout);
        if (arrival.kind == Arrival::Kind::lost) return failed(!has_rows);
        if (arrival.kind == Arrival::Kind::end) return is_refused ? failed(!has_rows) : Ended::well;
        const auto status = PQresultStatus(arrival.result.get());
        if (status != PGRES_TUPLES_OK && status != PGRES_SINGLE_TUPLE) {
            connection.note_failure(arrival.result.get());
            is_refused = true;
            continue;
        }
        for (int row = 0; row < PQntuples(arrival.result.get()); ++row) {
            has_rows = true;
            const auto more = question.each_row(arrival.result.get(), row);
            if (more && *more) continue;
            if (!more) result = std::unexpected(more.error());
            if (question.is_large) return Ended::in_error;  // the rest is not worth reading
            break;
        }
    }
}

Result<void> Readers::ask(const Question& question) {
    Result<void> result;
    for (const bool fresh : {false, true}) {
        auto connection = take(fresh);
        if (!connection) return std::unexpected(std::move(connection.error()));
        result = {};
        const Ended ended = ask_over(**connection, question, result);
        if (ended == Ended::well) give_back(std::move(*connection));
        if (ended == Ended::on_stale_connection) continue;
        // An error of the question itself leaves the connection as good as before.
        if (ended == Ended::in_error && !question.is_large && !(*connection)->is_broken())
            give_back(std::move(*connection));
        return result;
    }
    return result;
}

Visible Readers::visible(const Table& table, Parameters& parameters, std::deque<std::string>& scratch) const {
    if (!options_.horizon || !record::sequence_column(table)) return Visible::by_snapshot;
    add_integer(parameters, options_.horizon->number(), scratch);
    return Visible::by_parameter;
}

Result<void> Readers::wait_until_readable(Clock::time_point deadline) {
    static const std::string sql = fmt::format(
        "SELECT (pg_snapshot_xmax(now.it)::text::int8 + epoch) << {0}, (pg_snapshot_xmin(now.it)::text::int8 + epoch) "
        "<< {0} FROM store_epoch, pg_current_snapshot() AS now(it)",
        number_bits);
    std::optional<std::int64_t> wanted;  // above all that had begun when it was first asked
    std::int64_t visible = 0;
    const EachRow each_row = [&](const PGresult* result, int row) -> Result<bool> {
        if (!wanted) wanted = read_int64(PQgetvalue(result, row, 0));
        visible = read_int64(PQgetvalue(result, row, 1));
        return true;
    };
    while (true) {
        if (auto asked = ask({sql, {}, false, each_row}); !asked) return asked;
        if (!wanted) return fail(ErrorCode::internal, "the database has no store_epoch");
        if (options_.horizon) return options_.horizon->wait_for(*wanted, deadline);
        if (visible >= *wanted) return {};
        if (Clock::now() >= deadline)
            return fail(ErrorCode::unavailable, "a transaction that began before stays open in the database's cluster");
        std::this_thread::sleep_for(look_again_after);
    }
}

Result<void> Readers::locate(const Table& table, std::vector<Condition>& conditions) {
    const auto names = [&](std::string_view column) {
        return std::ranges::find_if(conditions, [&](const Condition& c) {
            return c.column == column && c.compare == Compare::equal && std::holds_alternative<std::int64_t>(c.value);
        });
    };
    const auto token = names("token_id");
    if ((table.name != "card" && table.name != "card_security" && table.name != "card_usage") ||
        token == conditions.end() || names(distribution_column) != conditions.end())
        return {};
    std::deque<std::string> scratch;
    Parameters parameters;
    add_integer(parameters, std::get<std::int64_t>(token->value), scratch);
    std::optional<std::int64_t> account_id;
    const EachRow each_row = [&](const PGresult* result, int row) -> Result<bool> {
        account_id = read_int64(PQgetvalue(result, row, 0));
        return true;
    };
    static const std::string sql = "SELECT account_id FROM card_number WHERE token_id = $1";
    if (auto asked = ask({sql, parameters, false, each_row}); !asked) return asked;
    if (account_id) conditions.push_back({distribution_column, Compare::equal, *account_id});
    return {};
}

Result<void> Readers::scan(const Table& table, const Query& asked_for, const Store::Sink& sink) {
    if (!can_match(asked_for.conditions, table)) return {};
    Query query = asked_for;
    if (options_.horizon)
        if (auto located = locate(table, query.conditions); !located) return located;
    std::deque<std::string> scratch;
    Parameters parameters;
    add_conditions(parameters, table, query.conditions, scratch);
    const std::string sql = select_sql(table, query, visible(table, parameters, scratch));
    add_integer(parameters, std::max<std::int64_t>(query.limit, 0), scratch);
    add_integer(parameters, std::max<std::int64_t>(query.skip, 0), scratch);
    const EachRow each_row = [&](const PGresult* result, int row) -> Result<bool> {
        if (auto read = read_row(result, row, table, sink.next()); !read) return std::unexpected(read.error());
        return sink.filled();
    };
    return ask({sql, parameters, query.limit > max_rows_at_once, each_row});
}

Result<std::int64_t> Readers::count(const Table& table, std::span<const Condition> conditions, std::int64_t at_most) {
    if (!can_match(conditions, table)) return 0;
    std::deque<std::string> scratch;
    Parameters parameters;
    add_conditions(parameters, table, conditions, scratch);
    const std::string sql = count_sql(table, conditions, visible(table, parameters, scratch));
    add_integer(parameters, at_most, scratch);
    std::int64_t count = 0;
    const EachRow each_row = [&](const PGresult* result, int row) -> Result<bool> {
        count = read_int64(PQgetvalue(result, row, 0));
        return true;
    };
    if (auto asked = ask({sql, parameters, false, each_row}); !asked) return std::unexpected(std::move(asked.error()));
    return count;
}

Result<std::vector<std::string>> Readers::with_connection(
    const std::function<Result<std::vector<std::string>>(Connection&)>& use) {
    auto connection = take(true);
    if (!connection) return std::unexpected(std::move(connection.error()));
    auto used = use(**connection);
    if (used) give_back(std::move(*connection));
    return used;
}

}  // namespace takas::store::postgres
