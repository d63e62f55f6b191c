#include "main/policy_trial_text.hpp"

#include <fmt/core.h>

#include "protocol/reference/tables.hpp"

namespace takas::main {

namespace {

using core::control::BacktestAmount;
using core::control::BacktestGap;
using core::control::FlipKind;

std::string_view words_of(FlipKind kind) {
    switch (kind) {
        case FlipKind::newly_declined:
            return "approved before, declined now";
        case FlipKind::newly_approved:
            return "declined before, approved now";
        case FlipKind::other_reason:
            return "declined with another reason";
        case FlipKind::other_amount:
            break;
    }
    return "approved with another amount or fee";
}

std::string_view words_of(BacktestGap gap) {
    switch (gap) {
        case BacktestGap::archived:
            return "some windows reach back to what is archived";
        case BacktestGap::owner_unknown:
            return "the owner was not recorded";
        case BacktestGap::circumstances_unknown:
            return "decided before circumstances were recorded";
        case BacktestGap::facts_unreadable:
            return "cannot be decided again and are left out";
        case BacktestGap::card_limits_of_today:
            break;
    }
    return "today's limits of the card were taken";
}

std::string text_of(const std::vector<BacktestAmount>& amounts) {
    std::string text;
    for (const BacktestAmount& one : amounts) {
        const auto* known = protocol::reference::currency_by_numeric(one.currency.value);
        text += fmt::format("{}{} {}", text.empty() ? ": " : ", ", to_text(one.amount),
                            known ? std::string(known->alpha) : std::to_string(one.currency.value));
    }
    return text;
}

}  // namespace

void print_trial(const app::policy_files::Trial& trial, std::int64_t days) {
    const auto& report = trial.report;
    fmt::print("Tried on the last {} days: {} decisions, {} approved before, {} now\n", days, report.decision_count,
               report.approved_before, report.approved_after);
    for (const auto& flips : report.flips)
        if (flips.count > 0) fmt::print("    {} {}{}\n", flips.count, words_of(flips.kind), text_of(flips.amounts));
    fmt::print("    {} cards are affected\n", report.affected_card_count);
    if (report.differs_from_made > 0)
        fmt::print("    ({} were made otherwise then: the policy was changed since)\n", report.differs_from_made);
    for (const auto& one : report.approximations) {
        if (one.count > 0)
            fmt::print("    ! not exact: of {} {}\n", one.count, words_of(one.gap));
        else
            fmt::print("    ! not exact: {}\n", words_of(one.gap));
    }
    if (!trial.is_whole)
        fmt::print("    ! stopped after {} decisions of {} accounts: there are more. Fewer --days, or a back-test\n",
                   report.decision_count + report.counted_only, trial.accounts);
}

}  // namespace takas::main
