// Back-tests that wait, and those whose server stopped in the middle. On every server, at any time: a run is done by
// whoever took it first, one at a time on each server.
#pragma once

#include <atomic>

#include "app/backtests/run.hpp"
#include "base/log.hpp"

namespace takas::jobs {

/// How often the composition root should look: what is asked for begins within this time.
inline constexpr std::int64_t backtests_interval_s = 1;

class Backtests {
  public:
    explicit Backtests(app::Services& services, app::backtests::RunOptions options = {})
        : services_(services), options_(std::move(options)) {}

    Result<void> run() {
        const auto finished = app::backtests::run_backtests(services_, is_ending_, options_);
        if (!finished) return std::unexpected(finished.error());
        if (*finished > 0) log::info("backtests_finished").add("finished", *finished);
        return {};
    }
    /// Makes a run that is under way stop soon. From any thread.
    void end() { is_ending_ = true; }

  private:
    app::Services& services_;
    app::backtests::RunOptions options_;
    std::atomic<bool> is_ending_ = false;
};

}  // namespace takas::jobs
