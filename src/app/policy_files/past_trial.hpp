// What a plan would have meant: the institution's past days decided again at once under the policy that the staging's
// copy holds, beside the one in force. Reads only, keeps nothing; for whoever waits for the answer, so it is bounded.
#pragma once

#include "app/context/context.hpp"
#include "core/control/backtest_run.hpp"
#include "core/control/policy_set.hpp"

namespace takas::app::policy_files {

struct TrialWish {
    Instant from, to;
    std::int64_t transactions_max = 1'000'000;  ///< read, with those before `from`: some seconds
    std::int64_t accounts_max = 200'000;        ///< read, also those without transactions: as long
};

struct Trial {
    core::control::BacktestReport report;
    std::int64_t accounts = 0;  ///< read; the last one perhaps in part
    bool is_whole = true;       ///< false: a bound stopped it
};

/// `context` is the real one, `changed` what is planned. Errors: those of the store.
Result<Trial> try_on_past(const Context& context, core::control::PolicySet::Source changed, const TrialWish& wish);

}  // namespace takas::app::policy_files
