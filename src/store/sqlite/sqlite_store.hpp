// The store port on one SQLite file: the embedded default. One thread writes in groups, a few connections read, one
// copies the log into the file. Knows records only through their descriptions.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "app/ports/store.hpp"
#include "store/migrations/migrations.hpp"

namespace takas::store::sqlite {

struct SqliteOptions {
    std::span<const migrations::Migration> migrations = migrations::all();
    std::size_t max_queued_units = 16'384;    ///< more are answered `unavailable`: a second of work, then overload
    std::size_t max_units_per_commit = 256;   ///< larger groups gain little and make their first unit wait
    std::size_t max_rows_per_commit = 8'192;  ///< for units with many rows (imports)
    std::size_t max_idle_readers = 4;
    int checkpoint_pages = 1'000;                   ///< log pages copied in one piece
    int log_restart_pages = 32'768;                 ///< log length at which the writer lets it start over
    std::chrono::milliseconds probe_interval{250};  ///< while writes fail: how often a probe write is tried
    std::chrono::milliseconds busy_timeout{5'000};  ///< for a lock that another process holds
    std::string vfs;                                ///< file layer; empty is SQLite's own (tests put a faulty one here)
};

class SqliteStore final : public app::ports::Store {
  public:
    /// Opens or creates the database file and migrates it. The folder must exist. Errors name what is wrong in
    /// `internal_detail`; a database of a newer program is refused.
    static Result<std::unique_ptr<SqliteStore>> open(const std::string& path, const SqliteOptions& options = {});
    /// Settles what is queued, then closes cleanly.
    ~SqliteStore() override;

    void commit(app::ports::Unit unit, Done done) override;
    Result<void> scan(const app::ports::Table& table, const app::ports::Query& query, const Sink& sink) override;
    Result<std::int64_t> count(const app::ports::Table& table, std::span<const app::ports::Condition> conditions,
                               std::int64_t at_most) override;
    bool writable() const override;

    /// One sentence for each way in which the database differs from the tables; none when they agree.
    Result<std::vector<std::string>> verify_schema(std::span<const app::ports::Table* const> tables);

  private:
    struct Impl;
    explicit SqliteStore(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace takas::store::sqlite
