// What the card vault needs done in the background: cards are sealed anew after a key was rotated, keys are put
// under the newest KEK, those that no card needs are destroyed, cards of erased merchants and those unused for too long
// go. Safe to run twice; one server of an installation does it for all. Knows when, not how.
#pragma once

#include <atomic>

#include "app/vault/rotation.hpp"

namespace takas::jobs {

/// How often the composition root should call run().
inline constexpr std::int64_t vault_upkeep_interval_s = 60;

class VaultUpkeep {
  public:
    explicit VaultUpkeep(app::Services& services, app::vault::UpkeepOptions options = {})
        : services_(services), options_(options) {
        options_.is_ending = &is_ending_;
    }

    /// One thread at a time. An error ends the run; the next one goes on.
    Result<app::vault::UpkeepOutcome> run();
    /// Makes a run that is under way stop soon. From any thread.
    void end() { is_ending_ = true; }
    /// Cards that were sealed anew since the start: the progress of a rotation.
    std::int64_t resealed_count() const { return resealed_; }

  private:
    Result<std::int64_t> rewrap();

    app::Services& services_;
    app::vault::UpkeepOptions options_;
    std::atomic<bool> is_ending_ = false;
    std::atomic<std::int64_t> resealed_ = 0;
    EntityId rewrapped_under_;  ///< the KEK under which all keys were seen
    Instant erased_at_;         ///< looking for old cards reads all of a merchant's: once an hour
};

}  // namespace takas::jobs
