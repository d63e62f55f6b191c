// Runs back-tests that were asked for: reads the institution's past account by account, has core/control/backtest
// decide it twice, and writes progress and report into the run's row, which is all it writes. Whoever runs one holds it
// for a while and renews that; a run whose server is gone begins again on another.
//
// It keeps out of the way: after each piece of work it rests, so that it takes only a part of one processor.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>

#include "app/context/context.hpp"
#include "core/control/backtest_run.hpp"

namespace takas::app::backtests {

struct RunOptions {
    int duty_percent = 50;  ///< of one processor
    std::int64_t accounts_per_page = 200;
    std::int64_t hold_s = 60;                               ///< how long others leave a run alone that says nothing
    std::int64_t renew_s = 2;                               ///< how often progress is written
    std::function<void(std::chrono::microseconds)> rest{};  ///< nothing: it sleeps
};

/// Takes runs that nobody holds, one after another, oldest first; returns how many it finished. Safe on several servers
/// at once: the row's version says who has it. Ends soon when `is_ending`.
Result<std::int64_t> run_backtests(Services& services, const std::atomic<bool>& is_ending, RunOptions options = {});

}  // namespace takas::app::backtests
