// The thread that drives a notifier: it waits for a hint, an answer or the poll interval, and calls step().
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "notify/notifier.hpp"

namespace takas::notify {

/// How long the end of the process waits for attempts that are under way. What does not come back is sent again.
inline constexpr std::int64_t drain_s = 5;

class NotifierThread {
  public:
    NotifierThread(const NotifierDoors& doors, const NotifierOptions& options);
    /// Sends nothing new, records what comes back within drain_s, ends.
    ~NotifierThread();
    NotifierThread(const NotifierThread&) = delete;
    NotifierThread& operator=(const NotifierThread&) = delete;

    /// Something was committed. From any thread; cheap.
    void hint();

  private:
    void run(const std::stop_token& stop);
    void wait(const std::stop_token& stop);

    Notifier notifier_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    bool hinted_ = false;
    std::jthread thread_;
};

}  // namespace takas::notify
