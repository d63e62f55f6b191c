#include "app/backtests/shadow_report.hpp"

#include <algorithm>

#include "app/controls/control_row.hpp"
#include "app/ids/id_source.hpp"
#include "core/control/policy_record.hpp"

namespace takas::app::backtests {

namespace {

using core::authorization::CardTransaction;
using core::control::Considered;
using core::control::ItemOutcome;
using ports::Compare;
using ports::where;

constexpr std::int64_t rows_per_read = 1'000;

bool refuses(ItemOutcome outcome) {
    return outcome == ItemOutcome::declined || outcome == ItemOutcome::amount_exceeded ||
           outcome == ItemOutcome::count_exceeded;
}

/// Which control, and which version of it is in shadow.
struct Draft {
    core::control::Family family;
    EntityId id;
    std::int64_t version_no;
};

void look_at(CardTransaction& row, const Draft& draft, ShadowReport& report) {
    const auto record =
        row.policy_record ? core::control::decode_policy_record(row.policy_record->bytes) : std::nullopt;
    if (!record) return;
    const auto find = [&](bool is_shadow) {
        return std::ranges::find_if(record->considered, [&](const Considered& one) {
            return one.family == draft.family && one.id == draft.id && one.is_shadow == is_shadow &&
                   (!is_shadow || one.version_no == draft.version_no);
        });
    };
    const auto shadow = find(true);
    if (shadow == record->considered.end() || shadow->outcome == ItemOutcome::link_not_matched) return;
    ++report.considered;
    if (shadow->outcome != ItemOutcome::not_matched && shadow->outcome != ItemOutcome::other_currency) ++report.matched;
    const bool would_refuse = refuses(shadow->outcome);
    report.would_refuse += would_refuse ? 1 : 0;
    const auto active = find(false);
    const bool has_active = active != record->considered.end();
    const bool is_approved = row.decline_reason == core::authorization::DeclineReason::none;
    const bool is_newly_refused = is_approved && would_refuse;
    const bool is_no_longer = has_active && refuses(active->outcome) && !is_approved && !would_refuse;
    report.newly_refused += is_newly_refused ? 1 : 0;
    report.no_longer_refused += is_no_longer ? 1 : 0;
    if ((!is_newly_refused && !is_no_longer) || report.samples.size() == shadow_samples_max) return;
    const ItemOutcome outcome = shadow->outcome;
    const auto of_active = has_active ? std::optional(active->outcome) : std::nullopt;
    report.samples.push_back({std::move(row), of_active, outcome});
}

}  // namespace

template <class Control>
Result<ShadowReport> shadow_report(const Context& context, EntityId id, TransactionId after) {
    const auto stored = controls::get_control<Control>(context, id);
    if (!stored) return std::unexpected(stored.error());
    const auto draft = controls::find_draft(context, controls::key_of(*stored));
    if (!draft) return std::unexpected(draft.error());
    if (!*draft || (*draft)->state != controls::VersionState::shadow) return fail(ErrorCode::control_no_draft);
    ShadowReport report;
    report.version_no = (*draft)->version_no;
    report.since = (*draft)->creation_time;
    const Draft wanted{controls::family_of<Control>, id, report.version_no};
    std::int64_t last = std::max(after.value, ids::first_id_at(report.since.plus_seconds(-ids::id_slack_s)) - 1);
    while (report.scanned < shadow_rows_max) {
        auto rows =
            context.store().list<CardTransaction>({{where<&CardTransaction::tenant_id>(context.tenant_id),
                                                    where<&CardTransaction::transaction_id>(Compare::greater, last)},
                                                   {{member_name<&CardTransaction::transaction_id>}},
                                                   0,
                                                   rows_per_read});
        if (!rows) return std::unexpected(std::move(rows.error()));
        for (CardTransaction& row : *rows) {
            last = row.transaction_id.value;
            ++report.scanned;
            look_at(row, wanted, report);
        }
        if (static_cast<std::int64_t>(rows->size()) < rows_per_read) return report;
    }
    report.next_after = TransactionId{last};
    return report;
}

template Result<ShadowReport> shadow_report<core::control::AuthorizationControl>(const Context&, EntityId,
                                                                                 TransactionId);
template Result<ShadowReport> shadow_report<core::control::VelocityControl>(const Context&, EntityId, TransactionId);

}  // namespace takas::app::backtests
