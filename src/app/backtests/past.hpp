// Reads what happened to one card account, in the order in which it happened: decisions, and what became of their
// transactions. A page at a time, so that an account with millions of transactions costs no more memory than others.
#pragma once

#include <functional>
#include <vector>

#include "app/catalog/catalog.hpp"
#include "app/ports/store.hpp"
#include "core/control/backtest.hpp"
#include "core/control/backtest_run.hpp"

namespace takas::app::backtests {

/// What is wanted of the past: decisions from `since` (for the counters) up to `to`.
struct PastWish {
    TenantId tenant_id;
    std::optional<Instant> since;  ///< nothing: from the beginning
    Instant to;
};

/// Rows and facts live as long as the call.
struct PastSink {
    /// `gaps` tells what was not stored with the decision.
    std::function<void(const core::control::PastDecision&, std::span<const core::control::BacktestGap> gaps)> decided;
    std::function<void(const core::authorization::TransactionEvent&)> happened;
    std::function<void()> unreadable;  ///< a decision without facts
    std::function<bool()> page_done;   ///< false: enough
};

Result<void> read_past(ports::Store& store, const catalog::Catalog& catalog, const PastWish& wish, AccountId account_id,
                       const PastSink& sink);

}  // namespace takas::app::backtests
