#include "notify/notifier_thread.hpp"

#include <chrono>

#include "base/thread_name.hpp"

namespace takas::notify {

NotifierThread::NotifierThread(const NotifierDoors& doors, const NotifierOptions& options) : notifier_(doors, options) {
    notifier_.on_answer([this] { hint(); });
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

NotifierThread::~NotifierThread() {
    thread_.request_stop();
    thread_.join();
    notifier_.on_answer({});
}

void NotifierThread::hint() {
    {
        const std::lock_guard lock(mutex_);
        if (hinted_) return;
        hinted_ = true;
    }
    wake_.notify_one();
}

void NotifierThread::wait(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, stop, std::chrono::microseconds(Notifier::poll_interval_us), [this] { return hinted_; });
    hinted_ = false;
}

void NotifierThread::run(const std::stop_token& stop) {
    name_this_thread("notify");
    while (!stop.stop_requested())
        if (!notifier_.step()) wait(stop);

    notifier_.stop_sending();
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(drain_s);
    while (notifier_.in_flight() > 0 && std::chrono::steady_clock::now() < deadline) {
        notifier_.step();
        wait({});
    }
}

}  // namespace takas::notify
