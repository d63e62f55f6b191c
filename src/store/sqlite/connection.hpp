// One SQLite connection with our settings, and its prepared statements. Used by one thread at a time. The only code
// besides this that calls SQLite reads rows (row.cpp) and applies migrations; nothing outside the room sees SQLite.
#pragma once

#include <sqlite3.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/error.hpp"

namespace takas::store::sqlite {

struct ConnectionOptions {
    std::string path;
    std::string vfs;  ///< empty: the default one
    std::chrono::milliseconds busy_timeout{5000};
    int cache_kib = 16 * 1024;
    bool query_only = false;
};

struct StatementDeleter {
    void operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); }
};
using Statement = std::unique_ptr<sqlite3_stmt, StatementDeleter>;

/// Ends a statement's run when it goes out of scope, so that no read transaction stays open.
class Running {
  public:
    explicit Running(sqlite3_stmt* statement) : statement_(statement) {}
    ~Running() { sqlite3_reset(statement_); }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

  private:
    sqlite3_stmt* statement_;
};

class Connection {
  public:
    static Result<std::unique_ptr<Connection>> open(const ConnectionOptions& options);

    sqlite3* handle() const { return handle_.get(); }

    /// Runs SQL text that gives no rows. Answers SQLite's extended result code.
    int run(const char* sql) { return sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr); }
    Result<void> execute(const std::string& sql);

    /// The statement of this text, prepared once; nullptr when it does not prepare. Valid until the next call of
    /// `cached`: the cache is emptied when a flood of query shapes fills it.
    sqlite3_stmt* cached(const std::string& sql);
    Statement prepare(std::string_view sql) const;

    /// Back to no transaction, whatever the failure left open.
    void rollback();

    /// The last failure as an error: `unavailable` for trouble with disk or locks, else `internal`.
    std::unexpected<Error> failure(std::string_view doing) const;

  private:
    struct Closer {
        void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
    };
    explicit Connection(sqlite3* db) : handle_(db) {}

    std::unique_ptr<sqlite3, Closer> handle_;
    std::unordered_map<std::string, Statement> statements_;
};

/// Disk full, I/O error, lock not obtained, no memory, damaged file: nothing that another unit could do better.
bool is_store_trouble(int code);

}  // namespace takas::store::sqlite
