// Does chores at intervals on one thread of its own, until it dies.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace takas::main {

class Periodic {
  public:
    struct Chore {
        std::chrono::milliseconds interval;
        std::function<void()> run;
    };
    explicit Periodic(std::vector<Chore> chores);

  private:
    void work(const std::stop_token& stop);

    std::vector<Chore> chores_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_;
};

}  // namespace takas::main
