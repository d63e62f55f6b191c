// A PostgreSQL of the benchmark's own, with full durability and settings that an operator would choose, the same for
// everybody who is compared on it. Also runs pgbench on it.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cpu_time.hpp"
#include "server_process.hpp"

namespace takas::bench {

/// Values of a pgbench script, `:name` in its text.
using ScriptValues = std::vector<std::pair<std::string, std::string>>;

struct PgbenchPlan {
    std::string database;
    std::string script;   ///< file; empty: the builtin tpcb-like
    ScriptValues values;  ///< sent as parameters of the prepared statements
    int clients = 1;
    std::chrono::seconds duration{2};
    bool logs_latencies = false;
};

struct PgbenchResult {
    double transactions = 0;
    double per_second = 0;
    double driver_us = 0;                     ///< processor time of pgbench itself, per transaction
    std::vector<std::uint32_t> latencies_us;  ///< sorted; only when asked for
};

class PrivatePostgres {
  public:
    PrivatePostgres();
    ~PrivatePostgres();
    PrivatePostgres(const PrivatePostgres&) = delete;
    PrivatePostgres& operator=(const PrivatePostgres&) = delete;

    std::string url(std::string_view database) const;
    /// The first column of the first row. Throws std::runtime_error with the database's words.
    std::string query(std::string_view database, const std::string& sql) const;
    PgbenchResult pgbench(const PgbenchPlan& plan) const;
    void fill_tpcb(std::string_view database, int scale) const;

    pid_t postmaster() const { return postmaster_; }
    CpuByRole cpu() const { return postgres_cpu(postmaster_); }
    /// How much write-ahead log was ever written.
    double wal_bytes() const;
    double stored_bytes(const std::string& database) const;
    /// The settings that differ from PostgreSQL's own, for the report.
    static std::string settings();

  private:
    TemporaryFolder folder_;
    pid_t postmaster_ = -1;
    std::string url_;
};

}  // namespace takas::bench
