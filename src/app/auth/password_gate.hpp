// Bounds what checking passwords may cost: few Argon2 hashes at a time (each takes 19 MiB and 25 ms of a core), a short
// queue, and one attempt at a time for one user, so that parallel guesses cannot slip past the failure counter.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace takas::app::auth {

struct GateLimits {
    std::size_t running = 2;
    std::size_t waiting = 16;  ///< each waits at most (waiting / running) hashes: about 0.2 s
    std::chrono::milliseconds patience{2000};
};

class PasswordGate {
  public:
    explicit PasswordGate(GateLimits limits = {}) : limits_(limits) {}

    /// The right to check one password; given back when it dies.
    class Ticket {
      public:
        Ticket(PasswordGate& gate, std::string key) : gate_(&gate), key_(std::move(key)) {}
        Ticket(Ticket&& other) noexcept : gate_(std::exchange(other.gate_, nullptr)), key_(std::move(other.key_)) {}
        Ticket& operator=(Ticket&&) = delete;
        ~Ticket() {
            if (gate_ != nullptr) gate_->leave(key_);
        }

      private:
        PasswordGate* gate_;
        std::string key_;
    };

    /// Waits for a place. Nothing when too many wait already or patience ran out. `key` names the user.
    std::optional<Ticket> enter(std::string key);

  private:
    void leave(const std::string& key);

    GateLimits limits_;
    std::mutex mutex_;
    std::condition_variable left_;
    std::set<std::string> running_;  ///< keys
    std::size_t waiting_ = 0;
};

}  // namespace takas::app::auth
