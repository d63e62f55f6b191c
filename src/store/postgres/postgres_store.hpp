// The store port on PostgreSQL 15 or newer. A few threads write, each over its own connection and in groups; readers
// have a pool. Knows records only through their descriptions.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "app/ports/store.hpp"
#include "store/migrations/migrations.hpp"

namespace takas::store::postgres {

struct PostgresOptions {
    std::span<const migrations::Migration> migrations = migrations::all();
    std::size_t writer_connections = 3;       ///< one for each lane, and route 0 for everybody else
    std::size_t max_queued_units = 16'384;    ///< more are answered `unavailable`: a second of work, then overload
    std::size_t max_units_per_commit = 256;   ///< larger groups gain little and make their first unit wait
    std::size_t max_rows_per_commit = 8'192;  ///< for units with many rows (imports)
    std::size_t max_idle_readers = 8;
    std::chrono::milliseconds connect_timeout{2'000};  ///< for each host of the URL
    std::chrono::milliseconds read_timeout{2'000};
    std::chrono::milliseconds large_read_timeout{60'000};  ///< scans that ask for thousands of rows
    std::chrono::milliseconds write_timeout{
        2'000};  ///< a network waits little longer; then the outcome is looked up, as long again
    std::chrono::milliseconds retry_interval{250};  ///< while the database is down: how often it is tried
    /// BEGIN and COMMIT around each batch. Citus needs them (it commits the statements of an implicit transaction one
    /// by one on its workers) and gets them without being asked; elsewhere they only cost.
    bool explicit_transactions = false;
    bool allow_weak_durability = false;  ///< for tests: a server with fsync off will do
};

class PostgresStore final : public app::ports::Store {
  public:
    /// Connects and migrates. `url` is a libpq connection string or URI; of several hosts the writable one is found.
    /// Errors name what is wrong in `internal_detail`, without the URL.
    static Result<std::unique_ptr<PostgresStore>> open(const std::string& url, const PostgresOptions& options = {});
    /// Settles what is queued, then closes cleanly.
    ~PostgresStore() override;

    void commit(app::ports::Unit unit, Done done) override;
    Result<void> scan(const app::ports::Table& table, const app::ports::Query& query, const Sink& sink) override;
    Result<std::int64_t> count(const app::ports::Table& table, std::span<const app::ports::Condition> conditions,
                               std::int64_t at_most) override;
    Result<void> wait_until_readable(std::chrono::milliseconds patience) override;
    bool writable() const override;
    /// On a Citus database: by the worker that holds the account.
    std::uint64_t placement_of(AccountId account_id) const override;
    app::ports::TimeSlices* time_slices() override;

    /// One sentence for each way in which the database differs from the tables; none when they agree.
    Result<std::vector<std::string>> verify_schema(std::span<const app::ports::Table* const> tables);

  private:
    struct Impl;
    explicit PostgresStore(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace takas::store::postgres
