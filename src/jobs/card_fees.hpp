// Charges what cards owe: for being made (rows that were written with the cards) and for the periods of having them (a
// daily look, section below). Exactly once per card and occasion: the charge itself sees to that, so the job may be
// killed, run twice, or run on two servers at once; what it did not finish it does the next time.
//
// Periods: a day's turn is computed back to days of creation, and token ids rise with time, so that only cards are read
// that are due. The days before today are looked at until they are over for good; today each time. What cannot be
// charged (no exchange rate) becomes a row that is tried again every hour.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>

#include "app/context/context.hpp"
#include "app/fees/assessment.hpp"
#include "jobs/card_renewal.hpp"

namespace takas::jobs {

/// How often the composition root should look for what cards owe for being made; an index read when nothing is due.
inline constexpr std::int64_t card_fees_interval_s = 60;

class CardFees {
  public:
    struct Outcome {
        std::int64_t charged = 0;
        std::int64_t nothing_due = 0;  ///< rows that no fee applied to
        std::int64_t waiting = 0;      ///< cannot be charged yet; each is logged with its reason
    };
    explicit CardFees(app::Services& services, CardJobOptions options = {}) : services_(services), options_(options) {}

    /// The rows that are due, and periods that begin up to `as_of`; up to today, each institution's own, unless told.
    /// Whatever is charged is charged now. One thread at a time. An error ends the run; the next one goes on.
    Result<Outcome> run(std::optional<Date> as_of = {});
    /// Only the rows that are due.
    Result<Outcome> run_due(bool also_those_that_wait = false);
    /// Makes a run that is under way stop soon. From any thread.
    void end() { is_ending_ = true; }

  private:
    struct Tried;
    Result<app::fees::Assessor*> assessor_of(TenantId tenant_id);
    Result<bool> run_due_page(Instant until, Outcome& sum);
    Result<app::fees::Assessment> assess(const core::fee::CardFeeDue& due);
    void charge(std::vector<Tried>& tried);
    Result<void> settle(std::vector<Tried>& tried, Outcome& sum);

    Result<void> sweep(TenantId tenant_id, std::optional<Date> as_of, Outcome& sum);
    Result<void> sweep_day(app::fees::Assessor& assessor, TenantId tenant_id, Date day, Outcome& sum);
    Result<void> sweep_range(app::fees::Assessor& assessor, TenantId tenant_id, const core::fee::PeriodRule& rule,
                             std::int64_t period_no, Date day, Outcome& sum);
    Result<void> note_swept(TenantId tenant_id, std::optional<core::fee::CardFeeSweep> stored, Date through);

    app::Services& services_;
    CardJobOptions options_;
    std::map<TenantId, app::fees::Assessor> assessors_;  ///< of this run
    std::atomic<bool> is_ending_ = false;
};

}  // namespace takas::jobs
