// The timeline is PostgreSQL's count of promotions: the standby that is made primary has a higher one than the server
// it took over from. A former primary that was started again as it was still calls itself writable, and what it holds
// is old. A store that has seen its successor must not read there.
#pragma once

#include <atomic>
#include <cstdint>

namespace takas::store::postgres {

/// 0 where the server does not tell.
using Timeline = std::uint32_t;

/// Shared by all connections of a store.
class NewestTimeline {
  public:
    /// False when a newer one has been seen.
    bool admits(Timeline timeline) {
        Timeline newest = newest_.load();
        while (timeline > newest && !newest_.compare_exchange_weak(newest, timeline)) {
        }
        return timeline == 0 || timeline >= newest;
    }

  private:
    std::atomic<Timeline> newest_{0};
};

}  // namespace takas::store::postgres
