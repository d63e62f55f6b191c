// The bounded queue between those who commit and the one who writes. A waiting group is taken whole, so that groups
// grow by themselves while the writer waits for the disk.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <vector>

#include "app/ports/store.hpp"

namespace takas::store::sqlite {

struct QueuedUnit {
    app::ports::Unit unit;
    app::ports::Store::Done done;
};

class UnitQueue {
  public:
    explicit UnitQueue(std::size_t capacity) : capacity_(capacity) {}

    /// False when the queue is full or closed; the unit is then untouched.
    bool push(QueuedUnit& unit) {
        const std::lock_guard lock(mutex_);
        if (closed_ || units_.size() >= capacity_) return false;
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
        return group;
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
    const std::size_t capacity_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<QueuedUnit> units_;
    bool closed_ = false;
};

}  // namespace takas::store::sqlite
