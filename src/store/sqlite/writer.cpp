// See writer.hpp. What a failed COMMIT means is reasoned out at finish_transaction.
#include "store/sqlite/writer.hpp"

#include <fmt/format.h>

#include "base/log.hpp"
#include "base/thread_name.hpp"

namespace takas::store::sqlite {
namespace {

using app::ports::CommitOutcome;
using app::ports::Store;
using app::ports::Unit;

/// An idle writer has nothing to look after.
constexpr std::chrono::hours long_patience{1};
/// A probe must not succeed on the last free page, or the next unit would fail again at once.
constexpr int probe_bytes = 64 * 1024;
/// How often a probe is tried on the spot to learn the outcome of a failed commit.
constexpr int outcome_probe_count = 3;

}  // namespace

Writer::Writer(std::unique_ptr<Connection> connection, Checkpointer& checkpointer, WriterOptions options)
    : connection_(std::move(connection)),
      checkpointer_(checkpointer),
      options_(options),
      queue_(options.max_queued_units),
      runner_(*connection_) {
    sqlite3_wal_hook(
        connection_->handle(),
        [](void* self, sqlite3*, const char*, int pages) {
            static_cast<Writer*>(self)->log_pages_ = pages;
            return SQLITE_OK;
        },
        this);
    thread_ = std::thread([this] { work(); });
}

Writer::~Writer() {
    queue_.close();
    thread_.join();
    // A database that was closed well has no log left. When this fails the next start replays the log.
    sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
}

Result<void> Writer::create_probe_table(Connection& connection) {
    return connection.execute(
        "CREATE TABLE IF NOT EXISTS store_probe (id INTEGER PRIMARY KEY, probe_count INTEGER NOT NULL, filler BLOB NOT "
        "NULL);"
        "INSERT INTO store_probe VALUES (1, 0, x'') ON CONFLICT DO NOTHING;");
}

void Writer::commit(Unit unit, Store::Done done) {
    QueuedUnit queued{std::move(unit), std::move(done)};
    if (!queue_.push(queued)) queued.done({CommitOutcome::unavailable, {}, 0});
}

void Writer::work() {
    name_this_thread("store-writer");
    while (true) {
        auto group = queue_.take(options_.max_units_per_commit, options_.max_rows_per_commit,
                                 writable_ ? long_patience : options_.probe_interval);
        if (group.empty() && queue_.closed()) return;
        if (!writable_ && std::chrono::steady_clock::now() >= next_probe_) writable_ = probe();
        if (!group.empty()) settle(group);
    }
}

void Writer::settle(Group group) {
    Runs runs;
    bool needs_savepoints = false;
    CommitOutcome outcome = CommitOutcome::unavailable;
    if (writable_) {
        bool ran = run_plainly(group, runs, needs_savepoints);
        if (needs_savepoints) ran = run_with_savepoints(group, runs);
        if (!ran) log_refusal("writing");
        if (ran) outcome = finish_transaction();
        if (outcome == CommitOutcome::committed) {
            checkpointer_.log_has(log_pages_);
        } else {
            connection_->rollback();
            writable_ = false;
        }
        // A failed transaction is probed at once the first time: most often only one write met a passing trouble.
        if (outcome == CommitOutcome::unavailable) writable_ = probe();
    }
    for (std::size_t i = 0; i < group.size(); ++i)
        group[i].done(outcome == CommitOutcome::committed ? runs[i].result : app::ports::CommitResult{outcome, {}, 0});
    if (writable_ && checkpointer_.wants_restart()) checkpointer_.restart(*connection_);
}

bool Writer::run_plainly(Group group, Runs& runs, bool& needs_savepoints) {
    if (connection_->run("BEGIN IMMEDIATE") != SQLITE_OK) return false;
    for (const QueuedUnit& queued : group) {
        runs.push_back(runner_.run(queued.unit));
        if (runs.back().store_trouble) return false;
        // Savepoints for each unit cost more than running a rare group twice. A unit that was refused at its first
        // write left nothing behind: SQLite takes back a refused statement by itself.
        needs_savepoints = runs.back().left_writes;
        if (needs_savepoints) return false;
    }
    return true;
}

bool Writer::run_with_savepoints(Group group, Runs& runs) {
    connection_->rollback();
    runs.clear();
    if (connection_->run("BEGIN IMMEDIATE") != SQLITE_OK) return false;
    for (const QueuedUnit& queued : group) {
        if (connection_->run("SAVEPOINT unit") != SQLITE_OK) return false;
        runs.push_back(runner_.run(queued.unit));
        if (runs.back().store_trouble) return false;
        if (runs.back().left_writes && connection_->run("ROLLBACK TO unit") != SQLITE_OK) return false;
        if (connection_->run("RELEASE unit") != SQLITE_OK) return false;
    }
    return true;
}

/// COMMIT appends the pages to the log, the last one marked as the end of a transaction, and then calls fsync. When
/// that fails SQLite does not count the transaction as done, and no connection of this process sees it. But:
/// - disk full: the last page did not reach the log, so nothing can bring the transaction back: unavailable;
/// - any I/O error, above all of fsync: the log may hold the whole transaction, and a crash now would bring it back.
///   The next successful commit overwrites it at the same place, which makes it certain that it is gone. So we make
///   one. Reading the log back would prove nothing: after a failed fsync it may differ from what is on the disk.
CommitOutcome Writer::finish_transaction() {
    const int code = connection_->run("COMMIT");
    if (code == SQLITE_OK) return CommitOutcome::committed;
    log_refusal("committing");
    connection_->rollback();
    if ((code & 0xFF) != SQLITE_IOERR) return CommitOutcome::unavailable;
    for (int i = 0; i < outcome_probe_count; ++i)
        if (probe()) return CommitOutcome::unavailable;
    return CommitOutcome::unknown;
}

/// Before the rollback: that would be the last thing that SQLite speaks of.
void Writer::log_refusal(std::string_view doing) const {
    log::error("store_unwritable").add("reason", connection_->failure(doing).error().internal_detail);
}

bool Writer::probe() {
    next_probe_ = std::chrono::steady_clock::now() + options_.probe_interval;
    const std::string sql = fmt::format(
        "BEGIN IMMEDIATE; UPDATE store_probe SET probe_count = probe_count + 1, filler = zeroblob({}) WHERE id = 1; "
        "COMMIT;",
        probe_bytes);
    const bool written = connection_->run(sql.c_str()) == SQLITE_OK;
    connection_->rollback();
    return written;
}

}  // namespace takas::store::sqlite
