// The controls, limits and fees of one institution as they are stored now, and the same with a change that is to be
// tried. Drafts in shadow are left out: they never decide.
#pragma once

#include "app/ports/store.hpp"
#include "core/control/backtest_run.hpp"
#include "core/control/policy_set.hpp"

namespace takas::app::backtests {

using core::control::BacktestChange;
using core::control::PolicySet;

Result<PolicySet::Source> source_of(ports::Store& store, TenantId tenant_id);

PolicySet::Source changed(PolicySet::Source source, const BacktestChange& change);

}  // namespace takas::app::backtests
