// For tests: a database file in a folder of its own, and migrations for the records of the store suite.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "store/sqlite/sqlite_store.hpp"
#include "store/suite/samples.hpp"

namespace takas::store::sqlite {

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

/// Removed with everything in it when the test ends.
class TestFolder {
  public:
    TestFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "takas_store_XXXXXX").string();
        path_ = mkdtemp(pattern.data());
    }
    ~TestFolder() { std::filesystem::remove_all(path_); }
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;
    std::string database() const { return (path_ / "takas.db").string(); }

  private:
    std::filesystem::path path_;
};

inline SqliteOptions suite_options() {
    SqliteOptions options;
    options.migrations = suite_migrations;
    options.probe_interval = std::chrono::milliseconds(1);
    return options;
}

inline std::unique_ptr<SqliteStore> open_store(const TestFolder& folder,
                                               const SqliteOptions& options = suite_options()) {
    auto store = SqliteStore::open(folder.database(), options);
    EXPECT_TRUE(store) << store.error().internal_detail;
    return std::move(*store);
}

}  // namespace takas::store::sqlite
