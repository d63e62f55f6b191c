// See postgres_store.hpp.
#include "store/postgres/postgres_store.hpp"

#include <algorithm>

#include "store/postgres/distribution.hpp"
#include "store/postgres/horizon.hpp"
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

using Distributed = std::shared_ptr<const Distribution>;

/// For a commit to become visible on the workers when the store opens: orphans of a crash are settled meanwhile.
constexpr std::chrono::seconds first_horizon_patience{20};

ConnectionOptions for_reading(const std::string& url, const PostgresOptions& options) {
    return {.url = url,
            .connect_timeout = options.connect_timeout,
            .statement_timeout = {},
            .writes = false,
            .allow_weak_durability = options.allow_weak_durability,
            .explicit_transactions = options.explicit_transactions,
            .distribution = nullptr,
            .newest_timeline = std::make_shared<NewestTimeline>()};
}

ConnectionOptions for_writing(ConnectionOptions connection, const PostgresOptions& options) {
    connection.statement_timeout = options.write_timeout;
    connection.writes = true;
    return connection;
}

Result<Distributed> prepare_database(const ConnectionOptions& options,
                                     std::span<const migrations::Migration> migrations) {
    auto connection = Connection::open(options);
    if (!connection) return std::unexpected(std::move(connection.error()));
    if (auto migrated = migrate(**connection, migrations); !migrated) return std::unexpected(migrated.error());
    if (auto ready = prepare_own_tables(**connection); !ready) return std::unexpected(ready.error());
    return expect_distribution(**connection, Clock::now() + options.connect_timeout);
}

}  // namespace

struct PostgresStore::Impl {
    // The writers go first when the store closes, the readers and what they read by last.
    Distributed distribution;
    std::unique_ptr<Horizon> horizon;  ///< on a distributed database
    Readers readers;
    QueueRoom room;
    std::vector<std::unique_ptr<Writer>> writers;
    Partitions partitions;

    Impl(const ConnectionOptions& reading, const PostgresOptions& options)
        : distribution(reading.distribution),
          horizon(distribution ? std::make_unique<Horizon>(reading, options.retry_interval) : nullptr),
          readers({reading, options.max_idle_readers, options.read_timeout, options.large_read_timeout,
                   options.retry_interval, horizon.get()}),
          room(options.max_queued_units),
          partitions(reading) {}
};

PostgresStore::PostgresStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

PostgresStore::~PostgresStore() = default;

Result<std::unique_ptr<PostgresStore>> PostgresStore::open(const std::string& url, const PostgresOptions& options) {
    // Migrations have no time limit, reading connections neither.
    ConnectionOptions reading = for_reading(url, options);
    auto distribution = prepare_database(reading, options.migrations);
    if (!distribution) return std::unexpected(std::move(distribution.error()));
    reading.distribution = std::move(*distribution);
    auto impl = std::make_unique<Impl>(reading, options);
    if (impl->horizon)
        if (auto seen = impl->horizon->wait_for(1, Clock::now() + first_horizon_patience); !seen)
            return std::unexpected(std::move(seen.error()));
    const WriterOptions writing{for_writing(reading, options), options.max_units_per_commit,
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

Result<std::int64_t> PostgresStore::count(const Table& table, std::span<const Condition> conditions,
                                          std::int64_t at_most) {
    if (auto valid = record::check(table, conditions); !valid) return std::unexpected(std::move(valid.error()));
    return impl_->readers.count(table, conditions, at_most);
}

Result<void> PostgresStore::wait_until_readable(std::chrono::milliseconds patience) {
    return impl_->readers.wait_until_readable(Clock::now() + patience);
}

bool PostgresStore::writable() const {
    return std::ranges::all_of(impl_->writers, [](const auto& writer) { return writer->writable(); });
}

std::uint64_t PostgresStore::placement_of(AccountId account_id) const {
    return impl_->distribution ? impl_->distribution->shards.placement_of(account_id) : Store::placement_of(account_id);
}

app::ports::TimeSlices* PostgresStore::time_slices() { return &impl_->partitions; }

Result<std::vector<std::string>> PostgresStore::verify_schema(std::span<const Table* const> tables) {
    return impl_->readers.with_connection(
        [&](Connection& connection) { return schema_differences(connection, tables); });
}

}  // namespace takas::store::postgres
