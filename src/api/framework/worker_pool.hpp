// The threads on which handlers that may block run, and the bounded queue in front of them. A full queue refuses at
// once: waiting longer than a caller's patience helps nobody.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace takas::api {

class WorkerPool {
  public:
    using Task = std::move_only_function<void()>;

    WorkerPool(std::size_t threads, std::size_t queue_max);
    /// Runs what is queued, then ends.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// False, and the task is left as it was, when the queue is full or the pool is stopping. Tasks do not throw.
    bool submit(Task& task);
    std::size_t queued() const { return queued_; }

  private:
    void work(const std::stop_token& stop);

    const std::size_t queue_max_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::deque<Task> tasks_;
    std::atomic<std::size_t> queued_ = 0;  ///< size of tasks_, for readers without the mutex
    bool stopping_ = false;
    std::vector<std::jthread> threads_;
};

}  // namespace takas::api
