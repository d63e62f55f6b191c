// Back-tests as callers see them: asked for, looked at, cancelled. What is to be tried is settled when it is asked for;
// the job runs it on the controls that are in force then (run.hpp).
#pragma once

#include <optional>
#include <vector>

#include "app/context/context.hpp"
#include "app/ports/page.hpp"
#include "core/control/backtest_run.hpp"

namespace takas::app::backtests {

using core::control::AuthorizationControl;
using core::control::BacktestChange;
using core::control::BacktestRun;
using core::control::BacktestState;
using core::control::BacktestSubject;
using core::control::VelocityControl;

/// Runs of an institution that wait or are under way, and those that are kept: the oldest finished ones go.
inline constexpr std::int64_t open_runs_max = 5, kept_runs_max = 200;
inline constexpr std::int64_t period_days_max = 400;

/// From `from` on, until before `to`.
struct Period {
    Instant from, to;
};
struct Tried {
    BacktestChange change;
    std::vector<BacktestSubject> subjects;
};

/// What is tried of one control: this definition, or this version, or its draft, or what it says now.
/// Errors: control_not_found, control_version_not_found, those of check_control.
template <class Control>
Result<Tried> tried_of(Context& context, EntityId id, std::optional<Control> definition,
                       std::optional<std::int64_t> version_no);

/// Whole families in place of those in force; one that is nothing stays. Definitions with the id of a control keep its
/// links. Errors: control_not_found, those of check_control.
struct WholeSet {
    std::optional<std::vector<AuthorizationControl>> authorization_controls;
    std::optional<std::vector<VelocityControl>> velocity_controls;
};
Result<Tried> tried_of(Context& context, WholeSet set);
/// All drafts of the institution at once.
Result<Tried> all_drafts(const Context& context);

/// Errors: validation (the period), too_many_requests.
Result<BacktestRun> create_backtest(Context& context, Period period, Tried tried);
/// Error: not_found.
Result<BacktestRun> get_backtest(const Context& context, EntityId id);
/// Usual order: newest first.
Result<ports::PageOf<BacktestRun>> list_backtests(const Context& context, std::optional<BacktestState> state,
                                                  const ports::PageWish& page);
/// What waits or is under way is cancelled and stays in the list; anything else is deleted. Error: not_found.
Result<void> cancel_backtest(Context& context, EntityId id);

}  // namespace takas::app::backtests
