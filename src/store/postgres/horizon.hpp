// Below which number the rows of numbered tables may be read on a Citus database. Numbers are made of the coordinator's
// transaction ids, but a transaction ends there before its rows can be seen on the workers: a reader that trusted the
// coordinator's snapshot alone would pass over rows that come to light behind its back.
//
// So: note the oldest open transaction of the coordinator, then list what is still prepared on the workers. Once all of
// that is gone, everything below the noted one can be seen. A thread with a connection of its own keeps asking; readers
// take the last answer and never wait. While a worker is silent the horizon stands still.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "store/postgres/connection.hpp"

namespace takas::store::postgres {

/// The rule itself.
class OpenCommits {
  public:
    /// `number`: every transaction with a smaller one had ended on the coordinator before `prepared` was listed.
    /// Answers the number below which all is visible.
    std::int64_t see(std::int64_t number, const std::set<std::string>& prepared);
    bool is_waiting() const { return !awaited_.empty(); }

  private:
    std::int64_t visible_ = 0, candidate_ = 0;
    std::set<std::string> awaited_;  ///< of the candidate
};

class Horizon {
  public:
    Horizon(ConnectionOptions options, std::chrono::milliseconds retry_interval);
    ~Horizon();
    Horizon(const Horizon&) = delete;
    Horizon& operator=(const Horizon&) = delete;

    std::int64_t number() const { return number_; }
    /// Until it is `number` or more. Fails when a worker does not answer, or keeps a commit open for too long.
    Result<void> wait_for(std::int64_t number, Clock::time_point deadline);

  private:
    void work();
    /// One look; false when the connection is of no more use.
    bool look(Connection& connection);
    void recover(Connection& connection);

    const ConnectionOptions options_;
    const std::chrono::milliseconds retry_interval_;
    std::atomic<std::int64_t> number_ = 0;
    OpenCommits commits_;
    Clock::time_point waiting_since_{};
    bool may_recover_ = true;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool is_ending_ = false;
    std::thread thread_;
};

}  // namespace takas::store::postgres
