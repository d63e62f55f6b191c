#include "app/transactions/hold_expiry.hpp"

#include "app/authorize/policy_stage.hpp"
#include "app/authorize/transition_event.hpp"
#include "core/authorization/changes.hpp"

namespace takas::app::transactions {

namespace authorization = core::authorization;

bool is_overdue(const authorization::CardTransaction& t, const HoldPeriods& periods, Instant now) {
    const bool open = t.state == authorization::TransactionState::pending ||
                      t.state == authorization::TransactionState::partially_reversed;
    const auto period_s =
        t.code == authorization::TransactionCode::pre_authorization ? periods.pre_authorization_s : periods.usual_s;
    return t.result == authorization::TransactionResult::approved && open && t.held_minor > 0 &&
           t.transaction_time.plus_seconds(period_s) <= now;
}

Expired expire_hold(lane::Lanes& lanes, const authorization::CardTransaction& transaction, const HoldPeriods& periods,
                    Instant now) {
    auto answer = Expired::unavailable;
    const auto outcome = lanes.run(transaction.account_id, transaction.tenant_id, [&](lane::Work& work) {
        answer = Expired::unavailable;
        auto found = work.transaction(transaction.transaction_id);
        if (!found) return;
        if (!*found || !is_overdue(**found, periods, now)) {
            answer = Expired::no_longer_due;
            return;
        }
        if (!work.usage((*found)->token_id)) return;
        auto changes = authorization::expire_hold(**found, now, work.account());
        authorize::give_back_limits(work, changes.transaction, (*found)->held_minor);
        work.touch();
        work.insert(authorize::transition_event(changes.transaction, changes.event));
        work.update(std::move(changes.transaction));
        for (auto& entry : changes.entries) work.insert(std::move(entry));
        work.insert(std::move(changes.event));
        answer = Expired::yes;
    });
    return outcome == ports::CommitOutcome::committed ? answer : Expired::unavailable;
}

}  // namespace takas::app::transactions
