// The same reversal under one key, at one server or at two that share a store: it counts once.
#include <atomic>
#include <thread>
#include <utility>

#include "app/transactions/card_world_test.hpp"
#include "app/verify/verify.hpp"

namespace takas::app::authorize {
namespace {

using core::authorization::DeclineReason, core::authorization::ReversalType, core::authorization::TransactionState;

struct ReversalKeyTest : testing::Test, transactions::CardWorld {
    ids::IdSource other_ids{clock, 1};
    lane::Lanes other_lanes{store, 2, {}};
    Authorizer other{store, clock, other_ids, catalog, other_lanes};  // its memory knows nothing of the first

    ReversalKeyTest() {
        lanes.guard_reads(true);
        other_lanes.guard_reads(true);
        fund(10'000, "L1");
    }

    TransactionId bought(std::int64_t minor) { return purchase(minor).transaction.transaction_id; }

    void start(Authorizer& at, TransactionId id, std::string_view key, ReversalType type,
               std::optional<std::int64_t> minor, Authorizer::Done done) {
        at.reverse(tenant, id, {type, minor, clock.now(), reversal_key(tenant, id, key)}, std::move(done));
    }
    Result<Answer> reverse_at(Authorizer& at, TransactionId id, std::string_view key, ReversalType type,
                              std::optional<std::int64_t> minor = {}) {
        std::promise<Result<Answer>> promise;
        start(at, id, key, type, minor, [&](Result<Answer> a) { promise.set_value(std::move(a)); });
        return promise.get_future().get();
    }
    std::int64_t remaining(TransactionId id) { return transaction(id).remaining_minor; }
};

TEST_F(ReversalKeyTest, ARepeatGetsTheFirstAmountAndChangesNothing) {
    const auto id = bought(4000);
    bool is_repeat = false;
    for (Authorizer* at : {&authorizer, &authorizer, &other, &other}) {
        const auto part = reverse_at(*at, id, "k1", ReversalType::partial_reversal, 1000);
        ASSERT_TRUE(part) << part.error().internal_detail;
        EXPECT_EQ(part->reason, DeclineReason::none);
        EXPECT_EQ(part->amount_minor, 1000);
        EXPECT_EQ(part->available_minor, 7000);
        EXPECT_EQ(part->is_replay, std::exchange(is_repeat, true));
        EXPECT_EQ(remaining(id), 3000);
    }
    EXPECT_EQ(reverse_at(other, id, "k2", ReversalType::partial_reversal, 1000)->available_minor, 8000);
    EXPECT_EQ(remaining(id), 2000) << "another key is another reversal";
    EXPECT_EQ(reverse_at(authorizer, id, "k1", ReversalType::partial_reversal, 1000)->amount_minor, 1000);
    EXPECT_EQ(remaining(id), 2000);
}

TEST_F(ReversalKeyTest, ARepeatedVoidIsNoRefusal) {
    const auto id = bought(4000);
    ASSERT_TRUE(reverse_at(authorizer, id, "p", ReversalType::partial_reversal, 500));
    for (Authorizer* at : {&authorizer, &other, &authorizer}) {
        const auto whole = reverse_at(*at, id, "k", ReversalType::void_transaction);
        ASSERT_TRUE(whole) << whole.error().internal_detail;
        EXPECT_EQ(whole->reason, DeclineReason::none);
        EXPECT_EQ(whole->amount_minor, 3500);
        EXPECT_EQ(whole->transaction.state, TransactionState::voided);
    }
    EXPECT_EQ(reverse_at(other, id, "k2", ReversalType::void_transaction)->reason,
              DeclineReason::original_not_reversible);
    EXPECT_EQ(stored_account().held_minor, 0);
}

TEST_F(ReversalKeyTest, AnotherReversalUnderTheKeyIsAConflict) {
    const auto id = bought(4000);
    ASSERT_TRUE(reverse_at(authorizer, id, "k", ReversalType::partial_reversal, 500));
    for (const auto& refused : {reverse_at(other, id, "k", ReversalType::partial_reversal, 501),
                                reverse_at(authorizer, id, "k", ReversalType::void_transaction)}) {
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::idempotency_conflict);
    }
    EXPECT_EQ(remaining(id), 3500);
    const auto second = bought(1000);
    EXPECT_EQ(reverse_at(other, second, "k", ReversalType::void_transaction)->amount_minor, 1000);
}

TEST_F(ReversalKeyTest, TwinsAtTheSameMomentCountOnce) {
    constexpr int rounds = 20, copies = 8;
    for (int round = 0; round < rounds; ++round) {
        const auto id = bought(400);
        std::atomic<int> right = 0, answered = 0, busy = 0;
        for (int i = 0; i < copies; ++i) {
            start(i % 2 == 0 ? authorizer : other, id, "twin", ReversalType::partial_reversal, 100,
                  [&](Result<Answer> a) {
                      right += a && a->reason == DeclineReason::none && a->amount_minor == 100;
                      busy += !a && a.error().code == ErrorCode::unavailable;
                      ++answered;
                  });
        }
        while (answered < copies) std::this_thread::yield();
        EXPECT_GE(right, 1);
        EXPECT_EQ(right + busy, copies);
        EXPECT_EQ(remaining(id), 300);
    }
    EXPECT_EQ(stored_account().held_minor, rounds * 300);
    const auto report = verify::verify(store, {});
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->sound()) << verify::to_text(*report);
}

}  // namespace
}  // namespace takas::app::authorize
