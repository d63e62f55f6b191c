// What a draft in shadow would have decided: read from the records of the decisions that were made meanwhile, page by
// page. Nothing is evaluated again; for that there is the back-test.
#pragma once

#include <optional>
#include <vector>

#include "app/context/context.hpp"
#include "core/authorization/transaction.hpp"
#include "core/control/consider.hpp"

namespace takas::app::backtests {

/// Transactions that one call looks at: about a second.
inline constexpr std::int64_t shadow_rows_max = 20'000;
inline constexpr std::size_t shadow_samples_max = 50;

struct ShadowSample {
    core::authorization::CardTransaction transaction;
    std::optional<core::control::ItemOutcome> active;  ///< nothing: the control in force did not concern the card
    core::control::ItemOutcome draft{};
};

struct ShadowReport {
    std::int64_t version_no = 0;
    Instant since;  ///< what the draft says now is as old
    std::int64_t scanned = 0;
    std::int64_t considered = 0;  ///< the draft concerned the card
    std::int64_t matched = 0;
    std::int64_t would_refuse = 0;
    std::int64_t newly_refused = 0;      ///< of approved transactions: the draft would have refused
    std::int64_t no_longer_refused = 0;  ///< the control refused, and the draft would not have
    std::vector<ShadowSample> samples;
    TransactionId next_after;  ///< 0: this was all
};

/// Errors: control_not_found, control_no_draft (also when the draft is not in shadow).
template <class Control>
Result<ShadowReport> shadow_report(const Context& context, EntityId id, TransactionId after);

}  // namespace takas::app::backtests
