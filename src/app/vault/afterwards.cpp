#include "app/vault/afterwards.hpp"

#include <exception>
#include <utility>

#include "base/log.hpp"
#include "base/thread_name.hpp"

namespace takas::app::vault {

Afterwards::~Afterwards() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Afterwards::run(Task task) {
    {
        const std::lock_guard lock(mutex_);
        tasks_.push_back(std::move(task));
        if (!thread_.joinable()) thread_ = std::thread([this] { work(); });
    }
    changed_.notify_one();
}

void Afterwards::work() {
    name_this_thread("vault-after");
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return stopping_ || !tasks_.empty(); });
        if (tasks_.empty()) return;
        Task task = std::exchange(tasks_.front(), nullptr);
        tasks_.pop_front();
        lock.unlock();
        try {
            task();
        } catch (const std::exception& e) {
            log::error("vault_afterwards_failed").add("detail", e.what());
        }
        task = nullptr;
        lock.lock();
    }
}

}  // namespace takas::app::vault
