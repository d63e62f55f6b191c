// What is still to be done when an outbound call has ended: audit, which reads the store, and hiding a card in what was
// answered. Neither may hold up the thread that the call ended on. One thread, begun with the first task; tasks are as
// many as the calls that the outbound client has under way, which are limited there.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace takas::app::vault {

class Afterwards {
  public:
    using Task = std::move_only_function<void()>;

    Afterwards() = default;
    /// What was asked for is done before.
    ~Afterwards();
    Afterwards(const Afterwards&) = delete;
    Afterwards& operator=(const Afterwards&) = delete;

    /// From any thread; one after another, in order. What a task throws is logged.
    void run(Task task);

  private:
    void work();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Task> tasks_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace takas::app::vault
