#include "main/periodic.hpp"

#include <algorithm>

#include "base/thread_name.hpp"

namespace takas::main {

Periodic::Periodic(std::vector<Chore> chores)
    : chores_(std::move(chores)), thread_([this](const std::stop_token& stop) { work(stop); }) {}

void Periodic::work(const std::stop_token& stop) {
    name_this_thread("chores");
    using std::chrono::steady_clock;
    std::chrono::milliseconds step{1000};
    std::vector<steady_clock::time_point> due;
    for (const Chore& chore : chores_) {
        step = std::min(step, chore.interval);
        due.push_back(steady_clock::now() + chore.interval);
    }
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
        wake_.wait_for(lock, stop, step, [] { return false; });
        for (std::size_t i = 0; i < chores_.size() && !stop.stop_requested(); ++i) {
            if (steady_clock::now() < due[i]) continue;
            chores_[i].run();
            due[i] = steady_clock::now() + chores_[i].interval;
        }
    }
}

}  // namespace takas::main
