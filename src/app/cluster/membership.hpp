// The servers that share one store know of each other through its table server_node: each keeps a row of its own alive
// and reads those of the others about once a second. From the living follow a server's number, who owns which account,
// and who does the chores that only one needs to do.
//
// Times of several machines meet here: their clocks must agree within a few seconds (NTP).
#pragma once

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/cluster/ring.hpp"
#include "app/ports/clock.hpp"
#include "app/ports/store.hpp"
#include "base/error.hpp"
#include "core/cluster/server_node.hpp"

namespace takas::app::cluster {

inline constexpr std::int64_t node_count = 16;  ///< four bits of an id
/// How long a server that says nothing is believed to live: longer than the longest pause of a healthy one.
inline constexpr std::int64_t lease_s = 15;
inline constexpr std::int64_t renew_after_s = 5;

/// Who lives, at one moment.
struct View {
    std::int64_t self = 0;
    std::vector<core::cluster::ServerNode> living{};  ///< by number, this server among them
    Ring ring{};                                      ///< of those whose address is known

    bool has_others() const {
        return std::ranges::any_of(living, [&](const auto& other) { return other.node != self; });
    }
    /// Does the chores of which one server's doing is enough. Two may believe it of themselves for a moment.
    bool is_first() const { return living.empty() || living.front().node == self; }
    /// nullptr when it does not live.
    const core::cluster::ServerNode* find(std::int64_t node) const;
};

class Membership {
  public:
    Membership(ports::Store& store, const ports::Clock& clock) : store_(store), clock_(clock) {}

    /// Takes the number `wanted`, or a free one. `earlier_life` is when this server's own predecessor started, which is
    /// known to have ended: its row is taken over at once. Errors, for the operator's eyes: the number is in use.
    Result<std::int64_t> join(std::optional<std::int64_t> wanted, std::optional<Instant> earlier_life);
    /// Tells the others where this server is reached; "" when it is not.
    Result<void> announce(std::string address);
    /// Renews the own row when it is time, and looks who lives. One thread at a time.
    Result<void> refresh();
    /// The others need not wait for the lease to end.
    void leave();

    std::int64_t node() const { return self_.node; }
    Instant started_at() const { return self_.started_at; }
    std::shared_ptr<const View> view() const;
    /// Another server has the number: this one was believed dead, and must not make ids any more.
    bool is_lost() const { return is_lost_; }

  private:
    Result<bool> claim(const std::vector<core::cluster::ServerNode>& rows, std::int64_t node);
    Result<void> write_self(Instant alive_until);
    void publish(std::vector<core::cluster::ServerNode> rows, Instant now);

    ports::Store& store_;
    const ports::Clock& clock_;
    core::cluster::ServerNode self_;  ///< as stored
    std::atomic<bool> is_lost_ = false;
    bool has_left_ = false;
    mutable std::mutex published_;  ///< held for the copy of one pointer only
    std::shared_ptr<const View> view_ = std::make_shared<View>();
};

}  // namespace takas::app::cluster
