// Which server delivers webhooks when several run on one store. The fan-out cursor's row names the holder; each commit
// of the holder carries a guarded write of that row and raises its version: a server that was overtaken without
// noticing (paused, cut off) can change nothing any more, and nobody takes over with an older position than was
// written.
#pragma once

#include <cstdint>

#include "app/ports/store.hpp"
#include "core/webhook/webhook.hpp"

namespace takas::notify {

/// How long a holder that says nothing is believed to live. Longer than the longest pause of a healthy server.
inline constexpr std::int64_t hold_s = 15;

class Leadership {
  public:
    /// `node` is the number that tells servers on one store apart, as for ids. A server that starts takes over from
    /// its own earlier life at once.
    Leadership(app::ports::Store& store, std::int32_t node) : store_(store), node_(node) {}

    /// True when this server may deliver. Cheap while it is held and not in doubt.
    bool hold(Instant now);
    /// Puts the guard into a unit, and how far the event log was read.
    void guard(app::ports::Unit& unit, std::int64_t sequence_no, Instant now);
    /// After a commit that failed: the next hold() looks at the store.
    void doubt() { is_certain_ = false; }
    bool is_certain() const { return is_certain_; }
    /// Half of the time is over: a holder that has work under way commits the guard alone.
    bool should_renew(Instant now) const { return now.plus_seconds(hold_s / 2) > cursor_.held_until; }

    /// Changes whenever the hold was lost in between; 0 while there is none.
    std::int64_t term() const { return is_held_ ? term_ : 0; }
    /// How far the event log was read when the row was last looked at.
    std::int64_t stored_sequence_no() const { return cursor_.sequence_no; }

  private:
    bool take(core::webhook::FanOutCursor row, bool exists, Instant now);

    app::ports::Store& store_;
    const std::int32_t node_;
    core::webhook::FanOutCursor cursor_;
    std::int64_t term_ = 0;  ///< how often it was taken in this life
    bool is_held_ = false;
    bool is_certain_ = false;
    bool has_started_ = false;  ///< held once in this life
};

}  // namespace takas::notify
