// See connection.hpp.
#include "store/sqlite/connection.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace takas::store::sqlite {
namespace {

/// Distinct query shapes kept per connection; the product has a few hundred, each some kilobytes.
constexpr std::size_t max_cached_statements = 1000;
/// The WAL file is cut back to this after a checkpoint: above its usual length (checkpointer.hpp), because a commit
/// into a file that grows waits longer.
constexpr int journal_size_limit_bytes = 192 * 1024 * 1024;

std::string settings(const ConnectionOptions& options) {
    return fmt::format(
        // Larger pages were measured slower: each change writes whole pages to the WAL.
        "PRAGMA page_size=4096;"
        "PRAGMA journal_mode=WAL;"
        // A commit is answered only after fsync of the WAL.
        "PRAGMA synchronous=FULL;"
        // They cost too much on the hot tables; `takas verify` proves integrity instead.
        "PRAGMA foreign_keys=OFF;"
        "PRAGMA journal_size_limit={};"
        // Checkpoints run on a thread of their own (checkpointer.hpp).
        "PRAGMA wal_autocheckpoint=0;"
        // No spill files: one way less to meet a full disk.
        "PRAGMA temp_store=MEMORY;"
        // With a memory map an I/O error is a signal that kills the process instead of an error code.
        "PRAGMA mmap_size=0;"
        // Deleted content is overwritten where that costs no extra write.
        "PRAGMA secure_delete=FAST;"
        // A damaged page is reported instead of read.
        "PRAGMA cell_size_check=ON;"
        "PRAGMA trusted_schema=OFF;"
        "PRAGMA cache_size=-{};"
        "PRAGMA query_only={};",
        journal_size_limit_bytes, options.cache_kib, options.query_only ? "ON" : "OFF");
}

/// A new file belongs to its owner alone, whatever the umask: SQLite gives -wal and -shm the same mode. What goes wrong
/// here, opening tells.
void claim(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor >= 0) ::close(descriptor);
}

}  // namespace

bool is_store_trouble(int code) {
    switch (code & 0xFF) {
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_NOMEM:
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_PROTOCOL:
        case SQLITE_INTERRUPT:
            return true;
        default:
            return false;
    }
}

Result<std::unique_ptr<Connection>> Connection::open(const ConnectionOptions& options) {
    claim(options.path);
    sqlite3* db = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code =
        sqlite3_open_v2(options.path.c_str(), &db, flags, options.vfs.empty() ? nullptr : options.vfs.c_str());
    std::unique_ptr<Connection> connection(new Connection(db));
    if (code != SQLITE_OK) return connection->failure("cannot open " + options.path);
    sqlite3_busy_timeout(db, static_cast<int>(options.busy_timeout.count()));
    // Without these a misspelt column name in quotes would silently be a string.
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    if (connection->run(settings(options).c_str()) != SQLITE_OK)
        return connection->failure("cannot use " + options.path);
    return connection;
}

Result<void> Connection::execute(const std::string& sql) {
    if (run(sql.c_str()) != SQLITE_OK) return failure(sql.substr(0, 80));
    return {};
}

Statement Connection::prepare(std::string_view sql) const {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement,
                       nullptr);
    return Statement(statement);
}

sqlite3_stmt* Connection::cached(const std::string& sql) {
    if (const auto found = statements_.find(sql); found != statements_.end()) return found->second.get();
    if (statements_.size() >= max_cached_statements) statements_.clear();
    Statement statement = prepare(sql);
    if (!statement) return nullptr;
    return statements_.emplace(sql, std::move(statement)).first->second.get();
}

void Connection::rollback() {
    if (sqlite3_get_autocommit(handle_.get()) == 0) run("ROLLBACK");
}

std::unexpected<Error> Connection::failure(std::string_view doing) const {
    const int code = sqlite3_extended_errcode(handle_.get());
    return fail(is_store_trouble(code) ? ErrorCode::unavailable : ErrorCode::internal,
                fmt::format("{}: {} (SQLite {})", doing, sqlite3_errmsg(handle_.get()), code));
}

}  // namespace takas::store::sqlite
