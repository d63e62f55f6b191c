// Copies the write-ahead log into the database file, in pieces, on a thread and connection of its own, so that commits
// do not wait for it. The writer only has to give it one breath when the log has grown long (see wants_restart).
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>

#include "store/sqlite/connection.hpp"

namespace takas::store::sqlite {

struct CheckpointOptions {
    int piece_pages = 1000;  ///< log pages that start a checkpoint: small pieces, short bursts of I/O
    /// Log length (128 MB) at which the writer lets the log start over. Every authorization that waits then waits for
    /// the database file too: so seldom, and not so long that a start after a crash would read for seconds.
    int restart_pages = 32'768;
};

class Checkpointer {
  public:
    Checkpointer(std::unique_ptr<Connection> connection, CheckpointOptions options);
    ~Checkpointer();
    Checkpointer(const Checkpointer&) = delete;
    Checkpointer& operator=(const Checkpointer&) = delete;

    /// After each commit: how many pages the log holds now.
    void log_has(int pages);

    /// The log never starts over while commits follow each other closely, because there is always a last page that is
    /// not copied. True when it is long and nearly copied, or far too long: then the writer calls `restart`.
    bool wants_restart() const;
    /// On the writer's thread, between two commits: copies the rest, so that the next commit begins a fresh log.
    void restart(Connection& writer);

    std::int64_t failures() const { return failures_; }

  private:
    void run();
    void copy(Connection& connection);
    bool is_due() const;

    const CheckpointOptions options_;
    const std::unique_ptr<Connection> connection_;
    std::atomic<int> log_pages_ = 0;
    std::atomic<int> copied_pages_ = 0;
    std::atomic<int> due_at_pages_;
    std::atomic<std::int64_t> failures_ = 0;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace takas::store::sqlite
