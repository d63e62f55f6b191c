// The bounded queue between those who commit and one writer. A waiting group is taken whole, so that groups grow by
// themselves while the writer waits for the database. The bound holds over all writers together.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <vector>

#include "app/ports/store.hpp"

namespace takas::store::postgres {

struct QueuedUnit {
    app::ports::Unit unit;
    app::ports::Store::Done done;
};

/// How many units may still be queued.
class QueueRoom {
  public:
    explicit QueueRoom(std::size_t capacity) : free_(static_cast<std::ptrdiff_t>(capacity)) {}
    bool take_one() {
        if (free_.fetch_sub(1) > 0) return true;
        free_.fetch_add(1);
        return false;
    }
    void give_back(std::size_t count) { free_.fetch_add(static_cast<std::ptrdiff_t>(count)); }

  private:
    std::atomic<std::ptrdiff_t> free_;
};

class UnitQueue {
  public:
    explicit UnitQueue(QueueRoom& room) : room_(room) {}

    /// False when there is no room or the queue is closed; the unit is then untouched.
    bool push(QueuedUnit& unit) {
        const std::lock_guard lock(mutex_);
        if (closed_ || !room_.take_one()) return false;
        units_.push_back(std::move(unit));
        if (units_.size() == 1) changed_.notify_one();
        return true;
    }

    /// The next units in order: at least one when any waits, then up to both limits. Waits for the first one, at most
    /// `patience`. Empty after that time, and empty with `closed()` when there is nothing left to do.
    std::vector<QueuedUnit> take(std::size_t max_units, std::size_t max_rows, std::chrono::milliseconds patience) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, patience, [&] { return closed_ || !units_.empty(); });
        std::vector<QueuedUnit> group;
        std::size_t rows = 0;
        while (!units_.empty() && group.size() < max_units) {
            rows += units_.front().unit.writes().size();
            if (!group.empty() && rows > max_rows) break;
            group.push_back(std::move(units_.front()));
            units_.pop_front();
        }
        room_.give_back(group.size());
        return group;
    }

    /// Waits without taking anything, until the queue closes or the time is over.
    void wait_until_closed(std::chrono::milliseconds patience) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, patience, [&] { return closed_ || !units_.empty(); });
    }

    void close() {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        changed_.notify_all();
    }
    bool closed() const {
        const std::lock_guard lock(mutex_);
        return closed_;
    }

  private:
    QueueRoom& room_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<QueuedUnit> units_;
    bool closed_ = false;
};

}  // namespace takas::store::postgres
