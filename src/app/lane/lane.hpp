// The owner of a share of the card accounts. It alone decides for them, on state in memory that may be ahead of the
// store, and appends the changes to the batch that fills while the previous batch commits. An answer leaves only after
// its batch is durable. Throughput grows with load (bigger batches); the latency stays one commit; a hot account costs
// no more than many cool ones.
//
// A batch that another server has overtaken (a version moved) or that meets a taken message key is undone in memory and
// its commands decide again on fresh state, at most `attempts_max` times. Where that happens on state just read, the
// batches after it are smaller.
//
// What is decided without changing the account (a decline) stands on state that another server may have changed since:
// while there is one, the batch requires the version that it was decided on.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "app/lane/work.hpp"

namespace takas::app::lane {

struct Command {
    AccountId account_id;
    TenantId tenant_id;
    /// Decides and writes into the batch. Runs under the lane's lock, possibly several times: it must start afresh.
    std::move_only_function<void(Work&)> decide;
    /// Called once, off the lock, when the outcome is known: committed, conflict (too many attempts), unavailable (also
    /// when the queue is full), unknown.
    std::move_only_function<void(ports::CommitOutcome)> done;
};

struct LaneOptions {
    std::size_t batch_max = 512;         ///< commands in one commit: about 3 ms of SQLite work
    std::size_t queue_max = 20'000;      ///< beyond this a command is refused: about a second of work
    std::size_t accounts_max = 200'000;  ///< aggregates kept in memory: about 250 MB
    std::size_t route = 1;               ///< of its units (ports::Unit::set_route)
};

struct LaneStatistics {
    std::uint64_t batches = 0;
    std::uint64_t commands = 0;
    std::uint64_t retried = 0;
    std::uint64_t queued = 0;
};

/// Who looks at an account, and is not decided again when another server has changed it, wants what all have done: it
/// is read from the store while there are others. What is changed here at the moment is seen in both cases.
enum class Sight : std::uint8_t { of_this_server, of_all };

class Lane {
  public:
    Lane(ports::Store& store, LaneOptions options);
    ~Lane();
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;

    void submit(Command command);
    /// Shows the newest state of the account, which may be ahead of the store. `look` changes nothing and is short: it
    /// runs under the lane's lock. False when the account cannot be read.
    bool look(AccountId account_id, TenantId tenant_id, const std::function<void(Work&)>& look, Sight sight);
    /// Other servers may change the accounts too. When they no longer do, nothing they may have changed is believed.
    void guard_reads(bool is_guarding);
    LaneStatistics statistics() const;

  private:
    static constexpr int attempts_max = 5;

    struct Waiting {
        Command command;
        int attempts = 0;
        bool key_conflict = false;
        std::size_t writes_begin = 0, writes_end = 0;  ///< its writes in the unit
    };
    struct Batch {
        ports::Unit unit;
        std::vector<Waiting> commands;
        std::vector<AccountId> accounts;  ///< aggregates this batch changes
        std::vector<AccountId> read;      ///< and those whose version it requires
        std::vector<TransactionId> overlaid;
    };
    struct Held {
        Aggregate aggregate;
        std::list<AccountId>::iterator recency;
        bool row_changed = false;  ///< in the batch that is being filled
        bool row_read = false;     ///< in the batch that is being filled
    };
    struct Finished {
        Waiting waiting;
        ports::CommitOutcome outcome;
    };

    Held* held(AccountId account_id, TenantId tenant_id);
    Result<Aggregate> load(AccountId account_id, TenantId tenant_id) const;
    void drop(AccountId account_id);
    void evict();
    void decide_into_batch(Waiting waiting, std::vector<Finished>& finished);
    void decide_again_on_stored(Waiting waiting, const Held& account, std::vector<Finished>& finished);
    void require_what_was_read();
    void write_usages(Aggregate& aggregate);
    void launch();
    void send(std::unique_lock<std::mutex>& lock);
    void committed(ports::CommitResult result);
    void adapt_batch_limit(ports::CommitOutcome outcome, const Batch& batch);
    void settle(Batch& batch, const ports::CommitResult& result, std::vector<Finished>& finished);
    void release(Batch& batch);
    void forget(const Batch& batch);
    void refill(std::vector<Finished>& finished);
    void run(std::stop_token stop);
    static void finish(std::vector<Finished>& finished);

    ports::Store& store_;
    const LaneOptions options_;
    mutable std::mutex mutex_;
    std::condition_variable_any wake_;
    std::unordered_map<AccountId, Held> accounts_;
    std::list<AccountId> recency_;  ///< most recently used first
    Overlay overlay_;
    std::deque<Waiting> queue_;  ///< not decided yet
    std::unique_ptr<Batch> filling_;
    std::unique_ptr<Batch> in_flight_;
    std::optional<ports::Unit> to_send_;  ///< of the batch in flight, not yet handed to the store
    struct Settled {
        std::unique_ptr<Batch> batch;
        ports::CommitResult result;
    };
    std::deque<Settled> settled_;  ///< outcomes the lane's thread has to tell
    std::size_t batch_limit_;      ///< now; at most batch_max
    bool is_guarding_reads_ = false;
    bool recovering_ = false;  ///< a batch failed and has not been undone yet: nothing may be launched
    LaneStatistics statistics_;
    std::jthread thread_;
};

}  // namespace takas::app::lane
