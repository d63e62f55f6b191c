// The past of an institution's accounts decided again under two sets, and what came out added up. What a back-test (a
// job that reads everything) and the trial of a plan (bounded, for whoever waits) have in common.
#pragma once

#include "app/backtests/past.hpp"
#include "app/backtests/tally.hpp"
#include "app/context/context.hpp"

namespace takas::app::backtests {

class SideBySide {
  public:
    using PolicySet = core::control::PolicySet;

    /// Decisions before `from` stand and only count. The sets live longer.
    SideBySide(const Services& services, const PolicySet& current, const PolicySet& changed, Instant from)
        : services_(services), current_(current), changed_(changed), from_(from), worlds_(current, changed) {}

    /// Back to where the counters of both sets begin; what of that is archived is a gap. Errors: those of the store.
    Result<PastWish> wish(TenantId tenant_id, Instant to);
    /// What every decision and event of an account is told to. `page_done` is the caller's.
    PastSink sink(std::function<bool()> page_done);
    Result<void> read_account(const PastWish& wish, AccountId account_id, const PastSink& sink);

    std::int64_t decision_count() const { return tally_.decision_count(); }
    core::control::BacktestReport report() const { return tally_.report(); }

  private:
    void decided(const core::control::PastDecision& past, std::span<const core::control::BacktestGap> gaps);
    bool is_of_interest(core::control::BacktestGap gap) const;

    const Services& services_;
    const PolicySet &current_, &changed_;
    const Instant from_;
    core::control::Backtest worlds_;
    Tally tally_;
};

}  // namespace takas::app::backtests
