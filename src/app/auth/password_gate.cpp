#include "app/auth/password_gate.hpp"

namespace takas::app::auth {

std::optional<PasswordGate::Ticket> PasswordGate::enter(std::string key) {
    std::unique_lock lock(mutex_);
    const auto may_run = [&] { return running_.size() < limits_.running && !running_.contains(key); };
    if (!may_run()) {
        if (waiting_ >= limits_.waiting) return std::nullopt;
        ++waiting_;
        const bool came_free = left_.wait_for(lock, limits_.patience, may_run);
        --waiting_;
        if (!came_free) return std::nullopt;
    }
    running_.insert(key);
    return Ticket(*this, std::move(key));
}

void PasswordGate::leave(const std::string& key) {
    {
        const std::lock_guard lock(mutex_);
        running_.erase(key);
    }
    left_.notify_all();
}

}  // namespace takas::app::auth
