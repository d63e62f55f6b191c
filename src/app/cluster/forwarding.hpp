// Hands requests to the server that owns their account. An owner that fails is left alone for a second: its accounts
// are decided here meanwhile, and when its lease ends the ring forgets it.
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "app/cluster/membership.hpp"
#include "app/ports/peer_door.hpp"

namespace takas::app::cluster {

class Forwarding {
  public:
    /// Long enough not to wait for a dead server again and again, short enough not to miss its return.
    static constexpr std::chrono::seconds pause_after_failure{1};

    Forwarding(const Membership& membership, std::unique_ptr<ports::PeerDoor> door)
        : membership_(membership), door_(std::move(door)) {}

    bool has_peers() const { return membership_.view()->has_others(); }
    /// The address of the other server that should decide for this account; nothing: decide here.
    std::optional<std::string> elsewhere(AccountId account_id);
    void send(ports::PeerRequest request, ports::PeerDoor::Done done);

    std::uint64_t sent() const { return sent_; }
    std::uint64_t failed() const { return failed_; }

  private:
    bool is_paused(const std::string& address);
    void pause(const std::string& address);

    const Membership& membership_;
    std::mutex mutex_;
    std::map<std::string, std::chrono::steady_clock::time_point> paused_until_;
    std::atomic<bool> some_paused_ = false;
    std::atomic<std::uint64_t> sent_ = 0, failed_ = 0;
    std::unique_ptr<ports::PeerDoor> door_;  ///< last: ending it answers what is under way
};

}  // namespace takas::app::cluster
