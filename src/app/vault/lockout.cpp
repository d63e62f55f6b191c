#include "app/vault/lockout.hpp"

namespace takas::app::vault {

bool Lockout::is_locked(const std::string& who, Instant now) {
    const std::lock_guard lock(mutex_);
    const auto at = entries_.find(who);
    return at != entries_.end() && at->second.failures >= lockout_failures &&
           now < at->second.last_at.plus_seconds(lockout_s);
}

/// Failures that are half an hour apart do not add up.
void Lockout::failed(const std::string& who, Instant now) {
    const std::lock_guard lock(mutex_);
    auto at = entries_.find(who);
    if (at == entries_.end()) {
        if (entries_.size() >= entries_max_) {
            entries_.erase(by_age_.front());
            by_age_.pop_front();
        }
        at = entries_.emplace(who, Entry{0, now, by_age_.insert(by_age_.end(), who)}).first;
    }
    Entry& entry = at->second;
    if (now >= entry.last_at.plus_seconds(lockout_s)) entry.failures = 0;
    ++entry.failures;
    entry.last_at = now;
    by_age_.splice(by_age_.end(), by_age_, entry.age);
}

void Lockout::succeeded(const std::string& who) {
    const std::lock_guard lock(mutex_);
    const auto at = entries_.find(who);
    if (at == entries_.end()) return;
    by_age_.erase(at->second.age);
    entries_.erase(at);
}

std::size_t Lockout::size() {
    const std::lock_guard lock(mutex_);
    return entries_.size();
}

}  // namespace takas::app::vault
