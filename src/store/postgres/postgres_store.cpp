// See postgres_store.hpp.
#include "store/postgres/postgres_store.hpp"

#include <algorithm>

#include "store/postgres/partitions.hpp"
#include "store/postgres/readers.hpp"
#include "store/postgres/schema.hpp"
#include "store/postgres/writer.hpp"
#include "store/record/column.hpp"

namespace takas::store::postgres {

using app::ports::Condition;
using app::ports::Query;
using app::ports::Table;
using app::ports::Unit;

namespace {

ConnectionOptions connection_options(const std::string& url, const PostgresOptions& options, bool writes) {
    return {url, options.connect_timeout, writes ? options.write_timeout : std::chrono::milliseconds(0), writes,
            options.allow_weak_durability, options.explicit_transactions};
}

Result<void> prepare_database(const ConnectionOptions& options, std::span<const migrations::Migration> migrations) {
    auto connection = Connection::open(options);
    if (!connection) return std::unexpected(std::move(connection.error()));
    if (auto migrated = migrate(**connection, migrations); !migrated) return migrated;
    return prepare_own_tables(**connection);
}

}  // namespace

struct PostgresStore::Impl {
    // The writers go first when the store closes, the readers last.
    Readers readers;
    QueueRoom room;
    std::vector<std::unique_ptr<Writer>> writers;
    Partitions partitions;

    Impl(const std::string& url, const PostgresOptions& options)
        : readers({connection_options(url, options, false), options.max_idle_readers, options.read_timeout,
                   options.large_read_timeout, options.retry_interval}),
          room(options.max_queued_units),
          partitions(connection_options(url, options, false)) {}
};

PostgresStore::PostgresStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

PostgresStore::~PostgresStore() = default;

Result<std::unique_ptr<PostgresStore>> PostgresStore::open(const std::string& url, const PostgresOptions& options) {
    // Migrations have no time limit, reading connections neither.
    if (auto ready = prepare_database(connection_options(url, options, false), options.migrations); !ready)
        return std::unexpected(std::move(ready.error()));
    auto impl = std::make_unique<Impl>(url, options);
    const WriterOptions writing{connection_options(url, options, true), options.max_units_per_commit,
                                options.max_rows_per_commit, options.write_timeout, options.retry_interval};
    for (std::size_t i = 0; i < std::max<std::size_t>(options.writer_connections, 1); ++i) {
        auto session = Session::open(writing.connection);
        if (!session) return std::unexpected(std::move(session.error()));
        impl->writers.push_back(std::make_unique<Writer>(std::move(*session), impl->room, writing, i));
    }
    return std::unique_ptr<PostgresStore>(new PostgresStore(std::move(impl)));
}

void PostgresStore::commit(Unit unit, Done done) {
    const std::size_t writer = unit.route() % impl_->writers.size();
    impl_->writers[writer]->commit(std::move(unit), std::move(done));
}

Result<void> PostgresStore::scan(const Table& table, const Query& query, const Sink& sink) {
    if (auto valid = record::check(table, query.conditions, query.order); !valid) return valid;
    return impl_->readers.scan(table, query, sink);
}

Result<std::int64_t> PostgresStore::count(const Table& table, std::span<const Condition> conditions) {
    if (auto valid = record::check(table, conditions); !valid) return std::unexpected(std::move(valid.error()));
    return impl_->readers.count(table, conditions);
}

bool PostgresStore::writable() const {
    return std::ranges::all_of(impl_->writers, [](const auto& writer) { return writer->writable(); });
}

app::ports::TimeSlices* PostgresStore::time_slices() { return &impl_->partitions; }

Result<std::vector<std::string>> PostgresStore::verify_schema(std::span<const Table* const> tables) {
    return impl_->readers.with_connection(
        [&](Connection& connection) { return schema_differences(connection, tables); });
}

}  // namespace takas::store::postgres
