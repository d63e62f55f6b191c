// The one thread that writes. Takes everything that waits, runs it in one transaction, commits, then tells each unit
// its outcome in order. While the disk refuses writes every unit is answered `unavailable`, and a small probe write
// finds out when that is over.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <span>
#include <thread>
#include <vector>

#include "store/sqlite/checkpointer.hpp"
#include "store/sqlite/connection.hpp"
#include "store/sqlite/unit_queue.hpp"
#include "store/sqlite/unit_runner.hpp"

namespace takas::store::sqlite {

struct WriterOptions {
    std::size_t max_queued_units;
    std::size_t max_units_per_commit;
    std::size_t max_rows_per_commit;
    std::chrono::milliseconds probe_interval;
};

class Writer {
  public:
    Writer(std::unique_ptr<Connection> connection, Checkpointer& checkpointer, WriterOptions options);
    /// Settles what is queued.
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    void commit(app::ports::Unit unit, app::ports::Store::Done done);
    bool writable() const { return writable_; }

    /// The table that probes write to; part of every database.
    static Result<void> create_probe_table(Connection& connection);

  private:
    using Group = std::span<QueuedUnit>;
    using Runs = std::vector<UnitRun>;

    void work();
    void settle(Group group);
    /// Runs the group up to, not including, COMMIT. False when the transaction is lost.
    bool run_plainly(Group group, Runs& runs, bool& needs_savepoints);
    bool run_with_savepoints(Group group, Runs& runs);
    app::ports::CommitOutcome finish_transaction();
    void log_refusal(std::string_view doing) const;
    bool probe();

    const std::unique_ptr<Connection> connection_;
    Checkpointer& checkpointer_;
    const WriterOptions options_;
    UnitQueue queue_;
    UnitRunner runner_;
    int log_pages_ = 0;
    std::atomic<bool> writable_ = true;
    std::chrono::steady_clock::time_point next_probe_{};
    std::thread thread_;
};

}  // namespace takas::store::sqlite
