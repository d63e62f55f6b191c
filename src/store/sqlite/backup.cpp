// See backup.hpp.
#include "store/sqlite/backup.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <system_error>
#include <thread>

#include "store/sqlite/connection.hpp"

namespace takas::store::sqlite {
namespace {

namespace fs = std::filesystem;
using std::chrono::steady_clock;

constexpr int busy_timeout_ms = 5'000;

struct Closer {
    void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};
using Database = std::unique_ptr<sqlite3, Closer>;

std::unexpected<Error> failure(ErrorCode code, const std::string& path, std::string_view why) {
    return fail(code, fmt::format("{}: {}", path, why));
}

std::unexpected<Error> system_failure(const std::string& path, std::string_view what) {
    const int number = errno;
    return failure(number == EEXIST ? ErrorCode::already_exists : ErrorCode::unavailable, path,
                   fmt::format("cannot {}: {}", what, std::generic_category().message(number)));
}

Result<Database> open(const std::string& path, int flags) {
    sqlite3* handle = nullptr;
    const int code =
        sqlite3_open_v2(path.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    Database db(handle);
    if (code != SQLITE_OK) return failure(ErrorCode::unavailable, path, sqlite3_errstr(code));
    sqlite3_busy_timeout(handle, busy_timeout_ms);
    return db;
}

bool run(sqlite3* db, const char* sql) { return sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK; }

/// The only text of a query's first row; "" when there is none.
std::string text_of(sqlite3* db, const char* sql) {
    sqlite3_stmt* statement = nullptr;
    std::string text;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, nullptr) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW)
        if (const auto* found = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0))) text = found;
    sqlite3_finalize(statement);
    return text;
}

Result<void> copy_pages(sqlite3* from, sqlite3* to, const std::string& path, const BackupOptions& options) {
    sqlite3_backup* backup = sqlite3_backup_init(to, "main", from, "main");
    if (!backup) return failure(ErrorCode::unavailable, path, sqlite3_errmsg(to));
    int code = SQLITE_OK;
    while (code == SQLITE_OK) {
        const auto began = steady_clock::now();
        code = sqlite3_backup_step(backup, options.pages_per_step);
        const int total = sqlite3_backup_pagecount(backup);
        if (options.progress) options.progress(total - sqlite3_backup_remaining(backup), total);
        if (code == SQLITE_OK) std::this_thread::sleep_for((steady_clock::now() - began) * options.rest_share);
    }
    sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE) return failure(ErrorCode::unavailable, path, sqlite3_errstr(code));
    return {};
}

/// Removes the unfinished copy on every way out.
class Draft {
  public:
    explicit Draft(std::string path) : path_(std::move(path)) {}
    ~Draft() {
        for (const char* suffix : {"", "-journal", "-wal", "-shm"}) ::unlink((path_ + suffix).c_str());
    }
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

Result<void> copy(const std::string& from, const Draft& draft, const BackupOptions& options) {
    auto source = open(from, SQLITE_OPEN_READWRITE);  // the log's index is written by readers too
    if (!source) return std::unexpected(std::move(source.error()));
    auto target = open(draft.path(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (!target) return std::unexpected(std::move(target.error()));
    // Synced once, at the end. No journal: a copy that is cut short is thrown away.
    const bool ready = run(target->get(), "PRAGMA synchronous=OFF; PRAGMA journal_mode=OFF;") &&
                       run(source->get(), "PRAGMA query_only=ON; BEGIN; SELECT count(*) FROM sqlite_schema;");
    if (!ready) return failure(ErrorCode::unavailable, from, sqlite3_errmsg(source->get()));
    return copy_pages(source->get(), target->get(), draft.path(), options);
}

/// A path inside a URI.
std::string uri_path(const std::string& path) {
    std::string out;
    for (const char c : path) {
        if (c == '%' || c == '?' || c == '#')
            out += fmt::format("%{:02x}", static_cast<int>(c));
        else
            out += c;
    }
    return out;
}

/// The copy as it is on the disk, read by a connection that never saw the original and leaves no files beside it.
Result<Backup> check(const std::string& path) {
    auto db = open("file:" + uri_path(path) + "?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    if (!db) return std::unexpected(std::move(db.error()));
    const std::string found = text_of(db->get(), "PRAGMA quick_check(1)");
    if (found != "ok") return failure(ErrorCode::internal, path, "the copy is damaged: " + found);
    Backup backup;
    backup.key_fingerprints = text_of(db->get(), "SELECT value FROM meta WHERE name = 'key_fingerprints'");
    std::error_code error;
    backup.bytes = static_cast<std::int64_t>(fs::file_size(path, error));
    return backup;
}

Result<void> sync(const std::string& path, int flags) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    const bool done = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0) ::close(descriptor);
    return done ? Result<void>{} : system_failure(path, "make it durable");
}

/// An empty file of the owner's own, for SQLite to fill: mode 0600, never somebody else's.
Result<void> claim(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) return system_failure(path, "make the file");
    ::close(descriptor);
    return {};
}

}  // namespace

Result<Backup> back_up(const std::string& from, const std::string& to, const BackupOptions& options) {
    std::error_code error;
    if (!fs::is_regular_file(from, error)) return failure(ErrorCode::not_found, from, "there is no database");
    if (fs::exists(to, error)) return failure(ErrorCode::already_exists, to, "is there already, and stays as it is");
    const std::string beside = fmt::format("{}.{}.part", to, ::getpid());
    if (auto claimed = claim(beside); !claimed) return std::unexpected(std::move(claimed.error()));
    const Draft draft(beside);
    auto done = copy(from, draft, options);
    if (done) done = sync(draft.path(), O_RDONLY);
    if (!done) return std::unexpected(std::move(done.error()));
    auto backup = check(draft.path());
    if (!backup) return backup;
    if (::link(draft.path().c_str(), to.c_str()) != 0) return system_failure(to, "give the copy its name");
    const fs::path folder = fs::absolute(to).parent_path();
    if (done = sync(folder.string(), O_RDONLY | O_DIRECTORY); !done) return std::unexpected(std::move(done.error()));
    return backup;
}

}  // namespace takas::store::sqlite
