// Back-tests over the real engine: traffic is authorized live, then its past is decided again.
#include "app/backtests/backtests.hpp"

#include <gtest/gtest.h>

#include <random>

#include "app/backtests/run.hpp"
#include "app/ports/backtest_table.hpp"
#include "app/transactions/card_world_test.hpp"
#include "app/transactions/hold_expiry.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::backtests {
namespace {

using namespace core::control;
using core::authorization::CardTransaction;
using core::authorization::ReversalType;
using core::authorization::TransactionCode;
using core::control::BacktestReport;

struct BacktestsTest : ::testing::Test, transactions::CardWorld {
    BacktestsTest() { fund(2'000'00, "L1"); }

    void step(std::int64_t s) { clock.time = clock.time.plus_seconds(s); }

    VelocityControl limit(std::int64_t id, VelocityPeriod period, std::optional<Decimal> amount,
                          std::optional<std::int64_t> count = {}) const {
        VelocityControl v;
        v.tenant_id = tenant, v.id = EntityId{id}, v.name = "V" + std::to_string(id);
        v.period = period, v.limit_amount = amount, v.limit_count = count;
        v.tenant_wide = true;
        return v;
    }
    AuthorizationControl control(std::int64_t id, std::string rule,
                                 ControlAction action = ControlAction::decline) const {
        AuthorizationControl a;
        a.tenant_id = tenant, a.id = EntityId{id}, a.name = "A" + std::to_string(id);
        a.rule = std::move(rule), a.action = action;
        a.tenant_wide = true;
        return a;
    }
    template <class... Records>
    void set_up(Records... records) {
        ports::Unit unit;
        (unit.insert(records), ...);
        commit(std::move(unit));
        ASSERT_TRUE(catalog.policy_sets().refresh());
    }

    BacktestReport backtest(Instant from, BacktestChange change = {}) {
        auto c = context();
        auto made = create_backtest(c, {from, clock.now()}, {std::move(change), {}});
        EXPECT_TRUE(made) << made.error().internal_detail;
        if (!made) return {};
        commit(std::move(c.unit));
        const std::atomic<bool> is_ending = false;
        RunOptions options;
        options.rest = [](auto) {};
        EXPECT_EQ(run_backtests(services, is_ending, options).value_or(-1), 1);
        const auto done = get_backtest(context(), made->id);
        EXPECT_TRUE(done && done->state == BacktestState::completed && done->report);
        return done && done->report ? *done->report : BacktestReport{};
    }
    static std::int64_t count(const BacktestReport& report, FlipKind kind) {
        for (const auto& flips : report.flips)
            if (flips.kind == kind) return flips.count;
        return -1;
    }
    static std::int64_t flip_count(const BacktestReport& report) {
        std::int64_t sum = 0;
        for (const auto& flips : report.flips) sum += flips.count;
        return sum;
    }

    template <class Record>
    std::string rows_of() {
        std::string text;
        const auto rows = store.list<Record>({{}, {}, 0, 1'000'000});
        for (const Record& row : *rows) text += protocol::json::encode(row, protocol::json::storage_write) + "\n";
        return text;
    }
    /// Everything that an authorization or a use case writes.
    std::string whole_store() {
        return rows_of<core::ledger::CardAccount>() + rows_of<core::card::Card>() + rows_of<CardUsage>() +
               rows_of<CardTransaction>() + rows_of<core::authorization::TransactionEvent>() +
               rows_of<core::authorization::TransactionKey>() + rows_of<core::ledger::LedgerEntry>() +
               rows_of<core::event::DomainEvent>() + rows_of<AuthorizationControl>() + rows_of<VelocityControl>() +
               rows_of<ControlVersion>() + rows_of<ControlLink>() + rows_of<core::audit::AuditRecord>() +
               rows_of<ports::Meta>();
    }
};

/// Whatever comes to a cardholder's mind, for months.
class Traffic {
  public:
    Traffic(BacktestsTest& world, unsigned seed) : world_(world), random_(seed), seed_(std::to_string(seed)) {}

    /// Returns the number of decisions.
    std::int64_t run(int steps) {
        for (int i = 0; i < steps; ++i) {
            world_.step(below(100) < 50 ? 60 + below(600) : 3'600 + below(60'000));
            switch (below(12)) {
                case 0:
                    reverse(ReversalType::reversal);
                    break;
                case 1:
                    reverse(ReversalType::partial_reversal);
                    break;
                case 2:
                    reverse(ReversalType::void_transaction);
                    break;
                case 3:
                    expire();
                    break;
                case 4:
                    linked(TransactionCode::refund);
                    break;
                case 5:
                    linked(TransactionCode::pre_authorization_completion);
                    break;
                case 6:
                    linked(TransactionCode::pre_authorization);
                    break;
                case 7:
                    decide(TransactionCode::pre_authorization);
                    break;
                case 8:
                    world_.fund(static_cast<std::int64_t>(below(200'00)) + 1, "F" + seed_ + "-" + std::to_string(i));
                    break;
                default:
                    decide(TransactionCode::purchase);
            }
        }
        return decisions_;
    }

  private:
    std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(random_() % bound); }
    core::authorization::Request request(TransactionCode code) {
        auto r = transactions::CardWorld::request(1 + static_cast<std::int64_t>(below(300'00)));
        r.code = code;
        r.acceptor.mcc = below(2) == 0 ? 5411 : 5812;
        r.is_partial_approval_allowed = below(4) == 0;
        r.is_advice = below(10) == 0;
        if (below(8) == 0) r.flow_code = core::authorization::TransactionFlowCode::financial;
        return r;
    }
    void decide(TransactionCode code) { note(world_.authorize(request(code)), code); }
    void note(const authorize::Answer& answer, TransactionCode code) {
        ++decisions_;
        all_.push_back(answer.transaction.transaction_id);
        if (code == TransactionCode::pre_authorization) open_.push_back(answer.transaction.transaction_id);
    }
    TransactionId any(const std::vector<TransactionId>& of) { return of[below(static_cast<std::uint32_t>(of.size()))]; }
    void reverse(ReversalType type) {
        if (all_.empty()) return;
        std::optional<std::int64_t> amount;
        if (type == ReversalType::partial_reversal) amount = 1 + below(100'00);
        world_.reverse(any(all_), type, amount);
    }
    void expire() {
        if (all_.empty()) return;
        const auto row = world_.transaction(any(all_));
        transactions::expire_hold(world_.lanes, row, {3'600, 3'600}, world_.clock.now());
    }
    void linked(TransactionCode code) {
        const auto& of = code == TransactionCode::refund ? all_ : open_;
        if (of.empty()) return;
        auto r = request(code);
        r.original_transaction_id = any(of);
        note(world_.authorize(std::move(r)),
             code == TransactionCode::pre_authorization ? TransactionCode::purchase : code);
    }

    BacktestsTest& world_;
    std::mt19937 random_;
    std::string seed_;
    std::int64_t decisions_ = 0;
    std::vector<TransactionId> all_, open_;
};

TEST_F(BacktestsTest, TheSameSetGivesExactlyTheDecisionsThatWereMade) {
    set_up(limit(1, VelocityPeriod::daily, Decimal{400, 0}, 6), limit(2, VelocityPeriod::monthly, Decimal{2500, 0}),
           limit(3, VelocityPeriod::rolling_24_hours, {}, 5),
           limit(4, VelocityPeriod::per_transaction, Decimal{290, 0}), control(5, "mcc == 5812 && todayCount > 4"),
           control(6, "monthAmount > 2000"));
    const Instant begin = clock.now();
    Instant middle;
    std::int64_t before = 0, after = 0;
    for (unsigned seed = 1; seed <= 4; ++seed) {
        Traffic traffic(*this, seed);
        (seed <= 2 ? before : after) += traffic.run(150);
        if (seed == 2) step(1), middle = clock.now();
    }
    step(1);
    const auto whole = backtest(begin);
    EXPECT_EQ(whole.decision_count, before + after);
    EXPECT_EQ(whole.counted_only, 0);
    EXPECT_EQ(whole.differs_from_made, 0);
    EXPECT_EQ(flip_count(whole), 0);
    EXPECT_GT(whole.approved_after, 0);
    EXPECT_LT(whole.approved_after, whole.decision_count);
    EXPECT_TRUE(whole.approximations.empty());
    // From the middle on, with counters that reach back.
    const auto part = backtest(middle);
    EXPECT_EQ(part.decision_count, after);
    EXPECT_GT(part.counted_only, 0);
    EXPECT_EQ(part.differs_from_made, 0);
    EXPECT_EQ(flip_count(part), 0);
}

TEST_F(BacktestsTest, LimitsOfALifetimeReachBackToTheBeginning) {
    set_up(limit(1, VelocityPeriod::lifetime, Decimal{3000, 0}));
    const std::int64_t before = Traffic(*this, 11).run(60);
    step(1);
    const Instant middle = clock.now();
    const std::int64_t after = Traffic(*this, 12).run(60);
    step(1);
    const auto report = backtest(middle);
    EXPECT_EQ(report.decision_count, after);
    EXPECT_EQ(report.counted_only, before);
    EXPECT_EQ(report.differs_from_made, 0);
}

TEST_F(BacktestsTest, NothingButTheRunItselfIsWritten) {
    set_up(limit(1, VelocityPeriod::daily, Decimal{400, 0}), control(2, "mcc == 5411"));
    const Instant begin = clock.now();
    Traffic(*this, 21).run(80);
    step(1);
    const std::string stored = whole_store();
    const auto looked = [this] {
        std::string seen;
        lanes.look(account, tenant, [&](lane::Work& work) {
            seen = (*work.usage(token))->encode() + std::to_string(work.account().version);
        });
        return seen;
    };
    const std::string in_memory = looked();
    BacktestChange change;
    change.replaces_velocity_controls = change.replaces_authorization_controls = true;
    EXPECT_GT(flip_count(backtest(begin, change)), 0);
    EXPECT_EQ(whole_store(), stored);
    EXPECT_EQ(looked(), in_memory);
}

TEST_F(BacktestsTest, WhatIsDeclinedFreesTheLimitForWhatComesLater) {
    set_up(limit(1, VelocityPeriod::daily, Decimal{100, 0}));
    const Instant begin = clock.now();
    for (const std::int64_t minor : {80'00, 50'00, 15'00}) {  // approved, over the limit, approved
        step(60);
        purchase(minor);
    }
    step(60);
    BacktestChange change;
    change.authorization_controls.push_back(control(9, "transactionAmount >= 80"));
    const auto report = backtest(begin, change);
    EXPECT_EQ(report.decision_count, 3);
    EXPECT_EQ(report.approved_before, 2);
    EXPECT_EQ(report.approved_after, 2);
    EXPECT_EQ(count(report, FlipKind::newly_declined), 1);
    EXPECT_EQ(count(report, FlipKind::newly_approved), 1) << "the 50.00 that did not fit beside the 80.00";
    EXPECT_EQ(report.affected_card_count, 1);
    const auto& declined = report.flips[0];
    EXPECT_EQ(declined.amounts.at(0).amount, (Decimal{80'00, 2}));
    EXPECT_EQ(declined.samples.at(0).control_id, EntityId{9});
    EXPECT_EQ(declined.samples.at(0).control_name, "A9");
    EXPECT_TRUE(declined.samples.at(0).was_approved);
    EXPECT_EQ(report.flips[1].samples.at(0).control_id, EntityId{1}) << "which had refused";
    ASSERT_EQ(report.days.size(), 1U);
    EXPECT_EQ(report.days[0].newly_declined, 1);
}

TEST_F(BacktestsTest, MoneyThatIsNotSpentIsThereLater) {
    set_up(limit(1, VelocityPeriod::lifetime, Decimal{100'000, 0}));
    const Instant begin = clock.now();
    step(60);
    const auto first = purchase(1'500'00);
    step(60);
    purchase(1'000'00);  // not enough left
    step(60);
    reverse(first.transaction.transaction_id, ReversalType::reversal);
    step(60);
    purchase(1'200'00);  // enough again; in the other world it is spent
    step(60);
    BacktestChange change;
    change.velocity_controls.push_back(limit(2, VelocityPeriod::per_transaction, Decimal{1'400, 0}));
    const auto report = backtest(begin, change);
    EXPECT_EQ(count(report, FlipKind::newly_declined), 2);
    EXPECT_EQ(count(report, FlipKind::newly_approved), 1);
    EXPECT_EQ(report.flips[0].amounts.at(0).amount, (Decimal{2'700'00, 2}));
}

TEST_F(BacktestsTest, ARunWhoseServerIsGoneBeginsAgain) {
    const Instant begin = clock.now();
    step(60);
    purchase(10'00);
    step(60);
    auto c = context();
    auto made = create_backtest(c, {begin, clock.now()}, {});
    ASSERT_TRUE(made);
    commit(std::move(c.unit));
    RunOptions options;
    options.rest = [](auto) {};
    std::atomic<bool> is_ending = true;
    EXPECT_EQ(run_backtests(services, is_ending, options).value_or(-1), 0);
    // It was begun: its server says nothing any more.
    ports::Unit unit;
    made->state = BacktestState::running, made->version = 2, made->held_until = clock.now().plus_seconds(60);
    made->progress_percent = 40;
    unit.update(*made);
    commit(std::move(unit));
    is_ending = false;
    EXPECT_EQ(run_backtests(services, is_ending, options).value_or(-1), 0) << "it is held";
    step(61);
    EXPECT_EQ(run_backtests(services, is_ending, options).value_or(-1), 1);
    EXPECT_EQ(get_backtest(context(), made->id)->report->decision_count, 1);
}

TEST_F(BacktestsTest, ACancelledRunIsNotDone) {
    const Instant begin = clock.now();
    step(60);
    auto c = context();
    const auto made = create_backtest(c, {begin, clock.now()}, {});
    commit(std::move(c.unit));
    auto cancels = context();
    ASSERT_TRUE(cancel_backtest(cancels, made->id));
    commit(std::move(cancels.unit));
    const std::atomic<bool> is_ending = false;
    EXPECT_EQ(run_backtests(services, is_ending).value_or(-1), 0);
    EXPECT_EQ(get_backtest(context(), made->id)->state, BacktestState::cancelled);
    auto deletes = context();
    ASSERT_TRUE(cancel_backtest(deletes, made->id));
    commit(std::move(deletes.unit));
    EXPECT_EQ(get_backtest(context(), made->id).error().code, ErrorCode::not_found);
}

TEST_F(BacktestsTest, APeriodEndsAfterItBegins) {
    auto c = context();
    const Instant now = clock.now();
    EXPECT_EQ(create_backtest(c, {now, now}, {}).error().code, ErrorCode::validation);
    EXPECT_EQ(create_backtest(c, {now.plus_seconds(1), now.plus_seconds(9)}, {}).error().code, ErrorCode::validation);
    EXPECT_EQ(create_backtest(c, {now.plus_seconds(-401 * 86'400), now}, {}).error().code, ErrorCode::validation);
}

TEST_F(BacktestsTest, OnlySoManyWaitAtOnce) {
    const Instant begin = clock.now();
    step(60);
    for (std::int64_t i = 0; i < open_runs_max; ++i) {
        auto c = context();
        ASSERT_TRUE(create_backtest(c, {begin, clock.now()}, {}));
        commit(std::move(c.unit));
    }
    auto c = context();
    EXPECT_EQ(create_backtest(c, {begin, clock.now()}, {}).error().code, ErrorCode::too_many_requests);
}

}  // namespace
}  // namespace takas::app::backtests
