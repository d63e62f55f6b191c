#include "app/backtests/backtests.hpp"

#include "app/ports/backtest_table.hpp"

namespace takas::app::backtests {

namespace {

using ports::Compare;
using ports::where;

constexpr std::int64_t s_per_day = 86'400;

std::vector<ports::Condition> of_tenant(const Context& context) {
    return {where<&BacktestRun::tenant_id>(context.tenant_id)};
}

Result<Period> checked(const Context& context, Period period) {
    FieldErrors errors;
    period.to = std::min(period.to, context.now);
    if (period.to <= period.from)
        errors.add("to", "The period ends after it begins, and begins in the past.",
                   "Dönem başladıktan sonra bitmeli ve geçmişte başlamalı.");
    else if (period.to > period.from.plus_seconds(period_days_max * s_per_day))
        errors.add("to", "A back-test covers at most 400 days.", "Geriye dönük test en fazla 400 günü kapsar.");
    if (!errors.empty()) return std::move(errors).as_error();
    return period;
}

Result<void> check_open(const Context& context) {
    auto conditions = of_tenant(context);
    conditions.push_back(where<&BacktestRun::state>(Compare::less_or_equal, BacktestState::running));
    const auto open = context.store().count_of<BacktestRun>(conditions, open_runs_max);
    if (!open) return std::unexpected(open.error());
    if (*open >= open_runs_max) return fail(ErrorCode::too_many_requests, "back-tests are under way");
    return {};
}

/// Into the unit: room for one more.
Result<void> forget_oldest(Context& context) {
    auto finished = of_tenant(context);
    finished.push_back(where<&BacktestRun::state>(Compare::greater, BacktestState::running));
    const auto count = context.store().count_of<BacktestRun>(finished, kept_runs_max);
    if (!count) return std::unexpected(count.error());
    if (*count < kept_runs_max) return {};
    const auto oldest = context.store().list<BacktestRun>({finished, {{member_name<&BacktestRun::id>}}, 0, 1});
    if (!oldest) return std::unexpected(oldest.error());
    for (const BacktestRun& run : *oldest) context.unit.erase(run);
    return {};
}

}  // namespace

Result<BacktestRun> create_backtest(Context& context, Period period, Tried tried) {
    const auto good = checked(context, period);
    if (!good) return std::unexpected(good.error());
    if (auto open = check_open(context); !open) return std::unexpected(std::move(open.error()));
    if (auto room = forget_oldest(context); !room) return std::unexpected(std::move(room.error()));
    BacktestRun run;
    run.tenant_id = context.tenant_id;
    run.id = context.next_id<EntityId>();
    run.from_at = good->from, run.to_at = good->to;
    run.change = std::move(tried.change);
    run.tested = std::move(tried.subjects);
    run.creator_id = context.user_id, run.user_name = context.user_name;
    run.creation_time = context.now;
    run.held_until = context.now.plus_us(-1);  // nobody holds it: the job takes it with its next look
    context.unit.insert(run);
    return run;
}

Result<BacktestRun> get_backtest(const Context& context, EntityId id) {
    auto conditions = of_tenant(context);
    conditions.push_back(where<&BacktestRun::id>(id));
    auto run = context.store().find<BacktestRun>(std::move(conditions));
    if (!run) return std::unexpected(std::move(run.error()));
    if (!*run) return fail(ErrorCode::not_found);
    return std::move(**run);
}

Result<ports::PageOf<BacktestRun>> list_backtests(const Context& context, std::optional<BacktestState> state,
                                                  const ports::PageWish& page) {
    auto conditions = of_tenant(context);
    if (state) conditions.push_back(where<&BacktestRun::state>(*state));
    return ports::page_of<BacktestRun>(context.store(), std::move(conditions), page,
                                       {member_name<&BacktestRun::id>, /*descending=*/true});
}

Result<void> cancel_backtest(Context& context, EntityId id) {
    auto run = get_backtest(context, id);
    if (!run) return std::unexpected(std::move(run.error()));
    context.decides_again_on.push_back(ports::table_of<BacktestRun>().name);
    if (run->state > BacktestState::running) {
        context.depend_on(*run);
        context.unit.erase(*run);
        return {};
    }
    const std::int64_t expected = run->version++;
    run->state = BacktestState::cancelled;
    run->finished_at = context.now;
    context.unit.update(*run, expected);
    return {};
}

}  // namespace takas::app::backtests
