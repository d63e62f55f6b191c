#include "app/backtests/run.hpp"

#include <algorithm>
#include <thread>

#include "app/backtests/sets.hpp"
#include "app/backtests/side_by_side.hpp"
#include "app/ports/backtest_table.hpp"
#include "base/log.hpp"

namespace takas::app::backtests {

namespace {

using core::control::BacktestRun;
using core::control::BacktestState;
using core::ledger::CardAccount;
using ports::CommitOutcome;
using ports::Compare;
using ports::where;

/// Works for a part of the time only.
class Pace {
  public:
    explicit Pace(const RunOptions& options) : options_(options) {}

    void rest_if_due() {
        constexpr std::chrono::milliseconds piece{20};
        const auto worked = std::chrono::steady_clock::now() - since_;
        if (worked < piece) return;
        const auto rest = std::chrono::duration_cast<std::chrono::microseconds>(worked * (100 - options_.duty_percent) /
                                                                                std::max(options_.duty_percent, 1));
        if (options_.rest)
            options_.rest(rest);
        else
            std::this_thread::sleep_for(rest);
        since_ = std::chrono::steady_clock::now();
    }

  private:
    const RunOptions& options_;
    std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
};

/// One run by one server.
class Runner {
  public:
    Runner(Services& services, BacktestRun run, const std::atomic<bool>& is_ending, const RunOptions& options)
        : services_(services), run_(std::move(run)), is_ending_(is_ending), options_(options), pace_(options) {}

    /// False when it was not finished: cancelled, taken by another server, or this one ends.
    Result<bool> run();

  private:
    struct Sets {
        std::shared_ptr<const core::control::PolicySet> current, changed;
    };
    bool write();
    bool still_goes_on(const SideBySide& both);
    Result<Sets> compile() const;
    Result<void> read_accounts(SideBySide& both, const PastWish& wish);

    Services& services_;
    BacktestRun run_;
    const std::atomic<bool>& is_ending_;
    const RunOptions& options_;
    Pace pace_;
    Instant renewed_at_;
    bool is_lost_ = false;
};

/// False when the row is not ours any more.
bool Runner::write() {
    const std::int64_t expected = run_.version++;
    renewed_at_ = services_.clock.now();
    run_.held_until = renewed_at_.plus_seconds(options_.hold_s);
    ports::Unit unit;
    unit.update(run_, expected);
    const bool is_ours = services_.store.commit_and_wait(std::move(unit)).outcome == CommitOutcome::committed;
    is_lost_ = is_lost_ || !is_ours;
    return is_ours;
}

bool Runner::still_goes_on(const SideBySide& both) {
    pace_.rest_if_due();
    if (is_ending_ || is_lost_) return false;
    if (services_.clock.now() < renewed_at_.plus_seconds(options_.renew_s)) return true;
    run_.decision_count = both.decision_count();
    return write();
}

Result<Runner::Sets> Runner::compile() const {
    auto source = source_of(services_.store, run_.tenant_id);
    if (!source) return std::unexpected(std::move(source.error()));
    auto with_change = changed(*source, run_.change);
    return Sets{core::control::PolicySet::compile(std::move(*source)),
                core::control::PolicySet::compile(std::move(with_change))};
}

Result<void> Runner::read_accounts(SideBySide& both, const PastWish& wish) {
    const std::vector of_tenant{where<&CardAccount::tenant_id>(run_.tenant_id)};
    const auto total = services_.store.count_of<CardAccount>(of_tenant);
    if (!total) return std::unexpected(total.error());
    const PastSink sink = both.sink([&] { return still_goes_on(both); });
    AccountId last;
    for (std::int64_t done = 0;;) {
        auto conditions = of_tenant;
        conditions.push_back(where<&CardAccount::account_id>(Compare::greater, last));
        const auto accounts = services_.store.list<CardAccount>(
            {std::move(conditions), {{member_name<&CardAccount::account_id>}}, 0, options_.accounts_per_page});
        if (!accounts) return std::unexpected(accounts.error());
        for (const CardAccount& account : *accounts) {
            if (auto read = both.read_account(wish, account.account_id, sink); !read) return read;
            if (is_lost_ || is_ending_) return {};
            run_.progress_percent =
                static_cast<std::int32_t>(std::min<std::int64_t>(99, ++done * 100 / std::max<std::int64_t>(*total, 1)));
            last = account.account_id;
        }
        if (static_cast<std::int64_t>(accounts->size()) < options_.accounts_per_page) return {};
    }
}

Result<bool> Runner::run() {
    run_.state = BacktestState::running;
    run_.started_at = services_.clock.now();
    run_.decision_count = 0, run_.progress_percent = 0;
    if (!write()) return false;
    const auto sets = compile();
    if (!sets) return std::unexpected(sets.error());
    SideBySide both(services_, *sets->current, *sets->changed, run_.from_at);
    const auto wish = both.wish(run_.tenant_id, run_.to_at);
    if (!wish) return std::unexpected(wish.error());
    if (auto read = read_accounts(both, *wish); !read) return std::unexpected(std::move(read.error()));
    if (is_lost_ || is_ending_) return false;
    run_.state = BacktestState::completed;
    run_.finished_at = services_.clock.now();
    run_.progress_percent = 100;
    run_.decision_count = both.decision_count();
    run_.report = both.report();
    return write();
}

constexpr std::int64_t runs_per_look = 8;

}  // namespace

Result<std::int64_t> run_backtests(Services& services, const std::atomic<bool>& is_ending, RunOptions options) {
    std::int64_t finished = 0;
    for (const BacktestState state : {BacktestState::running, BacktestState::queued}) {
        auto runs = services.store.list<BacktestRun>(
            {{where<&BacktestRun::state>(state), where<&BacktestRun::held_until>(Compare::less, services.clock.now())},
             {{member_name<&BacktestRun::id>}},
             0,
             runs_per_look});
        if (!runs) return std::unexpected(std::move(runs.error()));
        for (BacktestRun& run : *runs) {
            if (is_ending) return finished;
            const auto done = Runner(services, run, is_ending, options).run();
            if (done) {
                finished += *done ? 1 : 0;
                continue;
            }
            // It stays held, and is tried again when that is over.
            log::warning("backtest_unfinished")
                .add("tenant_id", run.tenant_id)
                .add("backtest_id", run.id)
                .add("error_code", error_row(done.error().code).public_code)
                .add("detail", done.error().internal_detail);
        }
    }
    return finished;
}

}  // namespace takas::app::backtests
