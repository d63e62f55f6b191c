#include "jobs/hold_expiry.hpp"

#include "app/transactions/card_world_test.hpp"
#include "app/verify/verify.hpp"

namespace takas::jobs {
namespace {

using namespace core::authorization;

constexpr std::int64_t day_s = 86'400;

struct HoldExpiryTest : ::testing::Test, app::transactions::CardWorld {
    HoldExpiry job{store, lanes, clock, {.periods = {}, .page_size = 2, .pages_per_run = 100}};
    Instant begin = clock.time;

    HoldExpiryTest() { fund(100'000, "L1"); }

    HoldExpiry::Outcome run_after(std::int64_t days) {
        clock.time = begin.plus_seconds(days * day_s);
        const auto done = job.run();
        EXPECT_TRUE(done);
        return done.value_or(HoldExpiry::Outcome{});
    }
    TransactionState state(const app::authorize::Answer& answer) {
        return transaction(answer.transaction.transaction_id).state;
    }
    app::authorize::Answer pre_authorization(std::int64_t minor) {
        auto r = request(minor);
        r.code = TransactionCode::pre_authorization;
        return authorize(r);
    }
};

TEST_F(HoldExpiryTest, ends_a_purchase_after_nine_days_and_a_pre_authorization_after_thirty) {
    const auto bought = purchase(1'000), pre = pre_authorization(2'000);
    EXPECT_EQ(run_after(8).expired, 0);
    EXPECT_EQ(run_after(9).expired, 1);
    EXPECT_EQ(state(bought), TransactionState::expired);
    EXPECT_EQ(state(pre), TransactionState::pending);
    EXPECT_EQ(stored_account().held_minor, 2'000);
    EXPECT_EQ(run_after(29).expired, 0);
    EXPECT_EQ(run_after(30).expired, 1);
    EXPECT_EQ(stored_account().held_minor, 0);
    EXPECT_EQ(stored_account().available_minor(), 100'000);
    EXPECT_EQ(run_after(31).expired, 0);
    EXPECT_TRUE(app::verify::verify(store, [](auto, auto) {})->sound());
}

TEST_F(HoldExpiryTest, tells_the_institution_and_leaves_other_transactions_alone) {
    using app::ports::where;
    using core::event::DomainEvent;
    const auto bought = purchase(1'000), partly = purchase(500), gone = purchase(300);
    reverse(partly.transaction.transaction_id, ReversalType::partial_reversal, 200);
    reverse(gone.transaction.transaction_id, ReversalType::void_transaction);
    auto financial = request(700);
    financial.flow_code = TransactionFlowCode::financial;
    const auto posted = authorize(financial);
    EXPECT_EQ(run_after(10).expired, 2);
    EXPECT_EQ(state(partly), TransactionState::expired);
    EXPECT_EQ(state(gone), TransactionState::voided);
    EXPECT_EQ(state(posted), TransactionState::pending);
    const auto told =
        store.list<DomainEvent>({{where<&DomainEvent::transaction_id>(bought.transaction.transaction_id),
                                  where<&DomainEvent::kind>(core::event::EventKind::transaction_transition)},
                                 {},
                                 0,
                                 10});
    ASSERT_EQ(told->size(), 1U);
    EXPECT_NE(told->front().payload.find(R"("EventType":"Expire")"), std::string::npos);
}

TEST_F(HoldExpiryTest, a_second_server_finds_nothing_left_to_do) {
    for (int i = 0; i < 5; ++i) purchase(100);
    HoldExpiry other{store, lanes, clock};
    EXPECT_EQ(run_after(10).expired, 5);
    EXPECT_EQ(other.run()->expired, 0);
}

TEST_F(HoldExpiryTest, what_cannot_be_written_now_is_written_by_the_next_run) {
    for (int i = 0; i < 3; ++i) purchase(100);
    store.set_writable(false);
    EXPECT_EQ(run_after(10).postponed, 1);
    store.set_writable(true);
    EXPECT_EQ(run_after(10).expired, 3);
}

TEST_F(HoldExpiryTest, a_hold_made_later_is_found_by_a_later_run) {
    purchase(100);
    EXPECT_EQ(run_after(10).expired, 1);
    purchase(200);
    EXPECT_EQ(run_after(18).expired, 0);
    EXPECT_EQ(run_after(20).expired, 1);
}

}  // namespace
}  // namespace takas::jobs
