// One thread that writes over one connection. Takes everything that waits, sends it as one pipeline with one
// transaction, and tells each unit its outcome in order. A group that was refused is halved until the refused unit is
// alone, and that one runs write by write to learn which write it was.
//
// When the connection breaks with a batch under way, its outcome is looked up over the next connection; until there is
// one, other units are answered `unavailable` at once.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "store/postgres/session.hpp"
#include "store/postgres/unit_queue.hpp"

namespace takas::store::postgres {

struct WriterOptions {
    ConnectionOptions connection;
    std::size_t max_units_per_commit;
    std::size_t max_rows_per_commit;
    std::chrono::milliseconds write_timeout;
    std::chrono::milliseconds retry_interval;
};

class Writer {
  public:
    Writer(std::unique_ptr<Session> session, QueueRoom& room, WriterOptions options, std::size_t number);
    /// Settles what is queued.
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    void commit(app::ports::Unit unit, app::ports::Store::Done done);
    bool writable() const { return writable_; }

  private:
    using Group = std::span<QueuedUnit>;
    /// A batch whose connection broke.
    struct Unsettled {
        std::vector<QueuedUnit> group;
        Mark mark;
        Clock::time_point deadline;
        bool was_resent;
    };
    enum class Trouble : std::uint8_t { unit, again, stale, time, store };

    void work();
    void settle(Group group);
    void settle_together(Group group);
    void settle_alone(QueuedUnit& unit);
    /// Tries as often as it makes sense; ends in committed, refused by the units, or lost or unwritable (answered).
    std::optional<Attempt> attempt(Group group, bool strictly);
    bool fill(Batch& batch, Group group, bool strictly);
    void lose(Group group, const Attempt& attempt);
    void connect();
    void resolve();
    void refuse_waiting();
    void become_unwritable(std::string_view reason);
    static Trouble trouble_of(const Attempt& attempt);

    const WriterOptions options_;
    const std::size_t number_;
    UnitQueue queue_;
    std::unique_ptr<Session> session_;
    std::optional<Unsettled> unsettled_;
    std::atomic<bool> writable_ = true;
    bool needs_probe_ = false;
    bool is_resending_ = false;
    Clock::time_point next_try_{}, refuse_after_{};
    std::thread thread_;
};

}  // namespace takas::store::postgres
