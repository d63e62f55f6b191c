// For tests: one private PostgreSQL for the test program, a fresh database for each test, and migrations for the
// records of the store suite.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "store/postgres/postgres_store.hpp"
#include "store/suite/samples.hpp"

namespace takas::store::postgres {

inline constexpr std::array suite_migrations{
    migrations::Migration{1, "sample", R"(
        CREATE TABLE sample (
            tenant_id BIGINT NOT NULL, sample_id BIGINT NOT NULL, code TEXT, "order" BIGINT NOT NULL, height BIGINT,
            text TEXT NOT NULL, bytes {blob} NOT NULL, active BIGINT NOT NULL, colour BIGINT NOT NULL,
            created_at BIGINT NOT NULL, born_on BIGINT, rate TEXT NOT NULL, raw TEXT, leaf TEXT NOT NULL,
            leaves TEXT NOT NULL, tags TEXT, labels TEXT NOT NULL, version BIGINT NOT NULL,
            PRIMARY KEY (tenant_id, sample_id)) {without_rowid};
        CREATE UNIQUE INDEX sample_code ON sample (tenant_id, code);)"},
    migrations::Migration{2, "happening", "CREATE TABLE happening (sequence_no {sequence_key}, body TEXT NOT NULL);"},
};

/// Runs tools/private_postgres and answers what it printed, without the line's end. A failure ends the test program.
inline std::string private_postgres(const std::string& arguments) {
    const std::string command = std::string(TAKAS_SOURCE_DIR "/tools/private_postgres ") + arguments;
    std::FILE* pipe = popen(command.c_str(), "r");
    std::string output(4096, '\0');
    output.resize(pipe ? std::fread(output.data(), 1, output.size(), pipe) : 0);
    if (!pipe || pclose(pipe) != 0) {
        std::fprintf(stderr, "failed: %s\n", command.c_str());
        std::abort();
    }
    while (output.ends_with('\n')) output.pop_back();
    return output;
}

/// A cluster in a folder of its own. It ends with the test program, however that ends. Autovacuum is off: its
/// transactions would hold back numbered rows for a moment.
class TestCluster {
  public:
    explicit TestCluster(const std::string& options = "fsync=off") {
        std::string pattern = "/tmp/takas_postgres_XXXXXX";
        folder_ = mkdtemp(pattern.data());
        private_postgres("start " + folder_ + " watch=" + std::to_string(getpid()) + " port=0 autovacuum=off " +
                         options);
    }
    ~TestCluster() { private_postgres("remove " + folder_); }
    TestCluster(const TestCluster&) = delete;
    TestCluster& operator=(const TestCluster&) = delete;

    const std::string& folder() const { return folder_; }
    std::string url(const std::string& how) const { return private_postgres("url " + folder_ + " " + how); }
    void stop() const { private_postgres("stop " + folder_); }
    void crash() const { private_postgres("crash " + folder_); }
    void restart() const { private_postgres("restart " + folder_); }

    /// The cluster that the tests of this program share.
    static TestCluster& shared() {
        static TestCluster cluster;
        return cluster;
    }

  private:
    std::string folder_;
};

/// A fresh database in a cluster.
class TestDatabase {
  public:
    explicit TestDatabase(TestCluster& cluster = TestCluster::shared()) : cluster_(cluster) {
        static std::atomic<int> count = 0;
        name_ = "test" + std::to_string(++count);
        url_ = private_postgres("database " + cluster.folder() + " " + name_);
    }
    const std::string& url() const { return url_; }
    const std::string& name() const { return name_; }
    /// Runs SQL beside the store, as an operator would; answers what psql prints.
    std::string sql(const std::string& statement) const {
        return private_postgres("sql " + cluster_.folder() + " " + name_ + " \"" + statement + "\"");
    }

  private:
    TestCluster& cluster_;
    std::string name_, url_;
};

inline PostgresOptions suite_options() {
    PostgresOptions options;
    options.migrations = suite_migrations;
    options.retry_interval = std::chrono::milliseconds(10);
    options.allow_weak_durability = true;
    return options;
}

inline std::unique_ptr<PostgresStore> open_store(const TestDatabase& database,
                                                 const PostgresOptions& options = suite_options()) {
    auto store = PostgresStore::open(database.url(), options);
    EXPECT_TRUE(store) << store.error().internal_detail;
    return std::move(*store);
}

}  // namespace takas::store::postgres
