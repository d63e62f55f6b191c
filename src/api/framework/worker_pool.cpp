#include "api/framework/worker_pool.hpp"

#include <algorithm>

#include "base/thread_name.hpp"

namespace takas::api {

WorkerPool::WorkerPool(std::size_t threads, std::size_t queue_max) : queue_max_(queue_max) {
    for (std::size_t i = 0; i < std::max<std::size_t>(threads, 1); ++i)
        threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
}

WorkerPool::~WorkerPool() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    threads_.clear();  // asks each to stop, and joins
}

bool WorkerPool::submit(Task& task) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_ || tasks_.size() >= queue_max_) return false;
        tasks_.push_back(std::move(task));
        queued_ = tasks_.size();
    }
    wake_.notify_one();
    return true;
}

void WorkerPool::work(const std::stop_token& stop) {
    name_this_thread("worker");
    std::unique_lock lock(mutex_);
    while (wake_.wait(lock, stop, [this] { return !tasks_.empty(); })) {
        Task task = std::move(tasks_.front());
        tasks_.pop_front();
        queued_ = tasks_.size();
        lock.unlock();
        task();
        task = nullptr;
        lock.lock();
    }
}

}  // namespace takas::api
