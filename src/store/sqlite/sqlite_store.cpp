// See sqlite_store.hpp.
#include "store/sqlite/sqlite_store.hpp"

#include <algorithm>

#include "store/record/column.hpp"
#include "store/sqlite/reader_pool.hpp"
#include "store/sqlite/row.hpp"
#include "store/sqlite/schema.hpp"
#include "store/sqlite/sql_text.hpp"
#include "store/sqlite/writer.hpp"

namespace takas::store::sqlite {

using app::ports::Condition;
using app::ports::Query;
using app::ports::Table;
using app::ports::Unit;

namespace {

/// The writer touches every hot page again and again.
constexpr int writer_cache_kib = 64 * 1024;
constexpr int reader_cache_kib = 16 * 1024;

ConnectionOptions connection_options(const std::string& path, const SqliteOptions& options, bool writes) {
    return {path, options.vfs, options.busy_timeout, writes ? writer_cache_kib : reader_cache_kib, !writes};
}

/// After a crash the log may hold a transaction whose fsync never succeeded. Now that it is visible it must also be
/// durable: copying the log into the file includes the fsync.
Result<void> settle_log(Connection& connection) {
    const int code =
        sqlite3_wal_checkpoint_v2(connection.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    if (code != SQLITE_OK && (code & 0xFF) != SQLITE_BUSY) return connection.failure("cannot copy the log");
    return {};
}

}  // namespace

struct SqliteStore::Impl {
    // The writer goes first when the store closes, the readers last.
    ReaderPool readers;
    Checkpointer checkpointer;
    Writer writer;

    Impl(const std::string& path, const SqliteOptions& options, std::unique_ptr<Connection> writing,
         std::unique_ptr<Connection> checkpointing)
        : readers(connection_options(path, options, false), options.max_idle_readers),
          checkpointer(std::move(checkpointing), {options.checkpoint_pages, options.log_restart_pages}),
          writer(std::move(writing), checkpointer,
                 {options.max_queued_units, options.max_units_per_commit, options.max_rows_per_commit,
                  options.probe_interval}) {}

    Result<void> scan(const Table& table, const Query& query, const Sink& sink) {
        auto reader = readers.take();
        if (!reader) return std::unexpected(std::move(reader.error()));
        Connection& connection = **reader;
        sqlite3_stmt* statement = connection.cached(select_sql(table, query));
        if (!statement) return connection.failure("cannot prepare a query");
        const Running running(statement);
        std::deque<std::string> bounds;
        const int next = bind_conditions(statement, table, query.conditions, bounds);
        sqlite3_bind_int64(statement, next, std::max<std::int64_t>(query.limit, 0));
        sqlite3_bind_int64(statement, next + 1, std::max<std::int64_t>(query.skip, 0));
        int code = SQLITE_OK;
        while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
            if (auto read = read_row(statement, table, sink.next()); !read) return read;
            if (!sink.filled()) return {};
        }
        if (code != SQLITE_DONE) return connection.failure("cannot read");
        return {};
    }

    Result<std::int64_t> count(const Table& table, std::span<const Condition> conditions, std::int64_t at_most) {
        auto reader = readers.take();
        if (!reader) return std::unexpected(std::move(reader.error()));
        Connection& connection = **reader;
        sqlite3_stmt* statement = connection.cached(count_sql(table, conditions));
        if (!statement) return connection.failure("cannot prepare a count");
        const Running running(statement);
        std::deque<std::string> bounds;
        const int bound = bind_conditions(statement, table, conditions, bounds);
        sqlite3_bind_int64(statement, bound, at_most);
        if (sqlite3_step(statement) != SQLITE_ROW) return connection.failure("cannot count");
        return sqlite3_column_int64(statement, 0);
    }
};

SqliteStore::SqliteStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

SqliteStore::~SqliteStore() = default;

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::string& path, const SqliteOptions& options) {
    auto writing = Connection::open(connection_options(path, options, true));
    if (!writing) return std::unexpected(std::move(writing.error()));
    auto ready = settle_log(**writing);
    if (ready) ready = migrate(**writing, options.migrations);
    if (ready) ready = Writer::create_probe_table(**writing);
    if (!ready) return std::unexpected(std::move(ready.error()));
    auto checkpointing = Connection::open(connection_options(path, options, true));
    if (!checkpointing) return std::unexpected(std::move(checkpointing.error()));
    auto impl = std::make_unique<Impl>(path, options, std::move(*writing), std::move(*checkpointing));
    return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(impl)));
}

void SqliteStore::commit(Unit unit, Done done) { impl_->writer.commit(std::move(unit), std::move(done)); }

Result<void> SqliteStore::scan(const Table& table, const Query& query, const Sink& sink) {
    if (auto valid = record::check(table, query.conditions, query.order); !valid) return valid;
    return impl_->scan(table, query, sink);
}

Result<std::int64_t> SqliteStore::count(const Table& table, std::span<const Condition> conditions,
                                        std::int64_t at_most) {
    if (auto valid = record::check(table, conditions); !valid) return std::unexpected(std::move(valid.error()));
    return impl_->count(table, conditions, at_most);
}

bool SqliteStore::writable() const { return impl_->writer.writable(); }

Result<std::vector<std::string>> SqliteStore::verify_schema(std::span<const Table* const> tables) {
    auto reader = impl_->readers.take();
    if (!reader) return std::unexpected(std::move(reader.error()));
    return schema_differences(**reader, tables);
}

}  // namespace takas::store::sqlite
