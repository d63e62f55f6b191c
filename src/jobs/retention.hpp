// Once a day: room for the months to come, and what is too old goes - transactions into the archive, events for good.
// Safe to run twice, also on two servers at once; knows how long things are kept, not how they are removed.
#pragma once

#include <atomic>

#include "app/archive/archive.hpp"

namespace takas::jobs {

/// How often the composition root should call run_if_due(): the first run is so long after the start.
inline constexpr std::int64_t retention_interval_s = 600;

struct RetentionOptions {
    int transaction_months = 0;  ///< whole months that transactions are kept after their own; 0: for ever
    int event_days = 0;          ///< that domain events and finished webhook deliveries are kept; 0: for ever
    app::archive::Options archive{};
};

class Retention {
  public:
    /// `files` nullptr: nothing is archived.
    Retention(app::ports::Store& store, app::ports::ArchiveFiles* files, const app::ports::Clock& clock,
              RetentionOptions options);

    /// Time slices for this month and the next three. Also to be called at start, before the first row is written.
    Result<void> make_room();
    /// run(), when the last one is a day ago.
    void run_if_due();
    /// All of it. One thread at a time. What could not be done now is logged and tried by the next run.
    void run();
    /// Makes a run that is under way stop soon; the next one goes on where it was. From any thread.
    void end() { is_ending_ = true; }

  private:
    Result<void> archive();
    Result<void> forget_events();

    app::ports::Store& store_;
    app::ports::ArchiveFiles* files_;
    const app::ports::Clock& clock_;
    RetentionOptions options_;
    Instant last_run_at_;
    std::atomic<bool> is_ending_ = false;
};

}  // namespace takas::jobs
