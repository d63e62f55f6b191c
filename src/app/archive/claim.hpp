// The right to work on a store's archive: one run at a time, on whatever machine and into whatever folder. A row of the
// store's meta table names the run and when it was last heard of; every unit of the run depends on that row, so a run
// that was overtaken (paused for too long, taken for dead) writes and removes nothing any more.
#pragma once

#include <memory>
#include <string>

#include "app/ports/clock.hpp"
#include "app/ports/store.hpp"

namespace takas::app::archive {

/// A run that was not heard of for so long is dead. Far above the longest step between two renewals.
inline constexpr std::int64_t claim_life_s = 3'600;

class Claim {
  public:
    /// Error: concurrent_change while another run is at work; its detail says until when its claim holds.
    static Result<std::unique_ptr<Claim>> take(ports::Store& store, const ports::Clock& clock);
    /// Gives it back; when the store cannot be written, it ends by itself.
    ~Claim();
    Claim(const Claim&) = delete;
    Claim& operator=(const Claim&) = delete;

    /// The unit is refused (conflict) when the claim is not this run's any more.
    void guard(ports::Unit& unit) const;
    /// Says that the run lives, and proves that it still has the claim. Error: concurrent_change when it was overtaken.
    Result<void> renew();
    /// renew(), when the last one is some minutes ago: for loops.
    Result<void> keep();

  private:
    Claim(ports::Store& store, const ports::Clock& clock, std::string token);
    ports::CommitResult replace(const std::string& value);

    ports::Store& store_;
    const ports::Clock& clock_;
    std::string token_, value_;  ///< value_: the row as this run wrote it last
    Instant renewed_at_;
};

}  // namespace takas::app::archive
