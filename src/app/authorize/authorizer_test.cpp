#include "app/authorize/authorizer.hpp"

#include <gtest/gtest.h>

#include <future>

#include "app/funding/funding.hpp"
#include "store/memory/memory_store.hpp"

namespace takas::app::authorize {
namespace {

using namespace core::authorization;
using core::ledger::CardAccount;
using ports::where;

constexpr TenantId tenant{2}, other_tenant{3};
constexpr AccountId account_id{100};
constexpr TokenId token{200};

struct FixedClock : ports::Clock {
    Instant time = *parse_instant("2026-11-21T12:00:00Z");
    Instant now() const override { return time; }
};

/// One active card on one account with 100.00, on the memory store.
class AuthorizerTest : public ::testing::Test {
  protected:
    AuthorizerTest() {
        ports::Unit unit;
        CardAccount account;
        account.tenant_id = tenant;
        account.account_id = account_id;
        account.currency = {949};
        account.posted_minor = 10'000;
        unit.insert(account);
        core::card::Card card;
        card.tenant_id = tenant;
        card.account_id = account_id;
        card.token_id = token;
        card.status = core::card::CardStatus::active;
        card.expire_date = {3101};
        card.masked_card_no = "45600000****0001";
        unit.insert(card);
        EXPECT_EQ(store.commit_and_wait(std::move(unit)).outcome, ports::CommitOutcome::committed);
    }

    static Request purchase(std::int64_t amount) {
        Request r;
        r.code = TransactionCode::purchase;
        r.transaction_amount_minor = amount;
        r.transaction_currency = {949};
        r.acceptor.mcc = 5812;
        return r;
    }

    static Request with_key(Request r, const char* stan) {
        r.stan = stan;
        r.local_transaction_time = *parse_instant("2026-11-21T12:00:00Z");
        r.is_repeatable = true;
        return r;
    }

    Result<Answer> authorize(Request r, TenantId who = tenant, TokenId card = token) {
        std::promise<Result<Answer>> promise;
        authorizer.authorize(who, {card, {}}, std::move(r), [&](Result<Answer> a) { promise.set_value(std::move(a)); });
        return promise.get_future().get();
    }

    Result<Answer> reverse(TransactionId id, ReversalType type, std::optional<std::int64_t> amount = {},
                           TenantId who = tenant) {
        std::promise<Result<Answer>> promise;
        authorizer.reverse(who, id, {type, amount, clock.now()},
                           [&](Result<Answer> a) { promise.set_value(std::move(a)); });
        return promise.get_future().get();
    }

    CardAccount account() { return **store.find<CardAccount>({where<&CardAccount::account_id>(account_id)}); }
    std::size_t events(core::event::EventKind kind) {
        using core::event::DomainEvent;
        return store.list<DomainEvent>({{where<&DomainEvent::kind>(kind)}, {}, 0, 1000})->size();
    }

    store::memory::MemoryStore store;
    FixedClock clock;
    ids::IdSource ids{clock, 0};
    catalog::Catalog catalog{store};
    lane::Lanes lanes{store, 2, {}};
    Authorizer authorizer{store, clock, ids, catalog, lanes};
};

TEST_F(AuthorizerTest, an_approval_is_stored_with_hold_checks_facts_and_event) {
    const auto answer = authorize(purchase(4000));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->reason, DeclineReason::none);
    EXPECT_EQ(answer->available_minor, 6000);
    EXPECT_EQ(answer->transaction.auth_no.size(), 6U);
    EXPECT_EQ(answer->transaction.stan.size(), 6U);
    EXPECT_EQ(answer->transaction.rrn.size(), 12U);
    EXPECT_EQ(account().held_minor, 4000);
    const auto stored =
        store.find<CardTransaction>({where<&CardTransaction::transaction_id>(answer->transaction.transaction_id)});
    ASSERT_TRUE(*stored);
    EXPECT_EQ((*stored)->masked_card_no, "45600000****0001");
    const auto facts = decode_facts((*stored)->facts.bytes);
    ASSERT_TRUE(facts);
    EXPECT_EQ(encode_checks(decide(*facts).checks), (*stored)->checks);
    EXPECT_EQ(events(core::event::EventKind::successful_transaction), 1U);
}

TEST_F(AuthorizerTest, a_decline_is_stored_and_takes_nothing) {
    const auto answer = authorize(purchase(10'001));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->reason, DeclineReason::insufficient_balance);
    EXPECT_EQ(account().available_minor(), 10'000);
    EXPECT_EQ(account().version, 1);
    EXPECT_EQ(events(core::event::EventKind::unsuccessful_transaction), 1U);
}

TEST_F(AuthorizerTest, an_unknown_card_and_another_tenants_card_are_the_same_decline) {
    EXPECT_EQ(authorize(purchase(1), tenant, {999})->reason, DeclineReason::card_not_found);
    const auto answer = authorize(purchase(1), other_tenant);
    EXPECT_EQ(answer->reason, DeclineReason::card_not_found);
    EXPECT_EQ(answer->transaction.tenant_id, other_tenant);
    EXPECT_EQ(answer->available_minor, 0);
}

TEST_F(AuthorizerTest, a_repeat_gets_the_stored_answer_and_counts_once) {
    const auto first = authorize(with_key(purchase(4000), "000101"));
    const auto repeat = authorize(with_key(purchase(4000), "000101"));
    EXPECT_TRUE(repeat->is_replay);
    EXPECT_EQ(repeat->transaction.transaction_id, first->transaction.transaction_id);
    EXPECT_EQ(repeat->transaction.auth_no, first->transaction.auth_no);
    EXPECT_EQ(account().held_minor, 4000);
}

TEST_F(AuthorizerTest, the_same_key_with_other_content_is_a_duplicate) {
    authorize(with_key(purchase(4000), "000101"));
    const auto other = authorize(with_key(purchase(4001), "000101"));
    EXPECT_EQ(other->reason, DeclineReason::duplicate_message);
    EXPECT_EQ(account().held_minor, 4000);
}

TEST_F(AuthorizerTest, repeats_at_the_same_moment_count_once) {
    constexpr int copies = 50;
    std::vector<std::promise<Result<Answer>>> promises(copies);
    for (auto& promise : promises)
        authorizer.authorize(tenant, {token, {}}, with_key(purchase(100), "000777"),
                             [&](Result<Answer> a) { promise.set_value(std::move(a)); });
    std::set<std::int64_t> ids;
    for (auto& promise : promises) ids.insert(promise.get_future().get()->transaction.transaction_id.value);
    EXPECT_EQ(ids.size(), 1U);
    EXPECT_EQ(account().held_minor, 100);
}

TEST_F(AuthorizerTest, a_second_server_recognises_the_repeat_by_the_unique_key) {
    const auto first = authorize(with_key(purchase(4000), "000101"));
    lane::Lanes other_lanes{store, 1, {}};
    Authorizer other{store, clock, ids, catalog, other_lanes};  // its memory knows nothing of the first
    std::promise<Result<Answer>> promise;
    other.authorize(tenant, {token, {}}, with_key(purchase(4000), "000101"),
                    [&](Result<Answer> a) { promise.set_value(std::move(a)); });
    const auto repeat = promise.get_future().get();
    EXPECT_TRUE(repeat->is_replay);
    EXPECT_EQ(repeat->transaction.transaction_id, first->transaction.transaction_id);
    EXPECT_EQ(account().held_minor, 4000);
}

TEST_F(AuthorizerTest, the_limit_is_exact_under_concurrency) {
    std::atomic<int> approved = 0, answered = 0;
    {
        std::vector<std::jthread> clients;
        for (int c = 0; c < 8; ++c)
            clients.emplace_back([&] {
                for (int i = 0; i < 40; ++i)
                    authorizer.authorize(tenant, {token, {}}, purchase(100), [&](Result<Answer> a) {
                        approved += a && a->reason == DeclineReason::none;
                        ++answered;
                    });
            });
    }
    while (answered < 320) std::this_thread::yield();
    EXPECT_EQ(approved, 100);
    EXPECT_EQ(account().available_minor(), 0);
}

TEST_F(AuthorizerTest, reversals_change_the_transaction_and_tell_the_institution) {
    const auto t = authorize(purchase(4000))->transaction.transaction_id;
    EXPECT_EQ(reverse(t, ReversalType::partial_reversal, 1500)->available_minor, 7500);
    EXPECT_EQ(reverse(t, ReversalType::partial_reversal, 2501)->reason, DeclineReason::amount_invalid);
    EXPECT_EQ(reverse(t, ReversalType::void_transaction)->transaction.state, TransactionState::voided);
    EXPECT_EQ(reverse(t, ReversalType::void_transaction)->reason, DeclineReason::original_not_reversible);
    EXPECT_EQ(account().available_minor(), 10'000);
    EXPECT_EQ(events(core::event::EventKind::transaction_transition), 2U);
}

/// The account in this server's memory is older than the hold it is asked to give back.
TEST_F(AuthorizerTest, a_hold_of_another_server_is_given_back) {
    ids::IdSource other_ids{clock, 1};
    lane::Lanes other_lanes{store, 2, {}};
    Authorizer other{store, clock, other_ids, catalog, other_lanes};
    const auto buy_there = [&] {
        std::promise<Result<Answer>> promise;
        other.authorize(tenant, {token, {}}, purchase(4000),
                        [&](Result<Answer> a) { promise.set_value(std::move(a)); });
        return promise.get_future().get();
    };
    const auto first = authorize(purchase(1000));
    ASSERT_TRUE(first);
    ASSERT_TRUE(reverse(first->transaction.transaction_id, ReversalType::void_transaction));
    for (int i = 0; i < 3; ++i) {
        const auto bought = buy_there();
        ASSERT_TRUE(bought);
        const auto given_back = reverse(bought->transaction.transaction_id, ReversalType::void_transaction);
        ASSERT_TRUE(given_back) << given_back.error().internal_detail;
        EXPECT_EQ(given_back->reason, DeclineReason::none);
        EXPECT_EQ(account().held_minor, 0);
    }
}

/// A transaction that holds more than its account is damage, not staleness: refused, without an end in a loop.
TEST_F(AuthorizerTest, a_hold_that_no_account_has_is_refused) {
    const auto bought = authorize(purchase(4000));
    ASSERT_TRUE(bought);
    auto damaged = account();
    damaged.held_minor = 0;
    const std::int64_t expected = damaged.version++;
    ports::Unit unit;
    unit.update(damaged, expected);
    ASSERT_EQ(store.commit_and_wait(std::move(unit)).outcome, ports::CommitOutcome::committed);
    ASSERT_FALSE(reverse(bought->transaction.transaction_id, ReversalType::void_transaction));
    EXPECT_EQ(account().held_minor, 0);
}

TEST_F(AuthorizerTest, another_tenants_transaction_cannot_be_reversed) {
    const auto t = authorize(purchase(4000))->transaction.transaction_id;
    EXPECT_EQ(reverse(t, ReversalType::reversal, {}, other_tenant).error().code, ErrorCode::transaction_not_found);
    EXPECT_EQ(reverse({12345}, ReversalType::reversal).error().code, ErrorCode::transaction_not_found);
}

TEST_F(AuthorizerTest, nothing_is_approved_while_the_store_cannot_write) {
    store.set_writable(false);
    EXPECT_EQ(authorize(purchase(100)).error().code, ErrorCode::unavailable);
    store.set_writable(true);
    EXPECT_TRUE(authorize(purchase(100)));
    EXPECT_EQ(account().held_minor, 100);
}

TEST_F(AuthorizerTest, a_card_issued_after_the_account_was_loaded_is_found) {
    authorize(purchase(100));
    core::card::Card second;
    second.tenant_id = tenant;
    second.account_id = account_id;
    second.token_id = {201};
    second.status = core::card::CardStatus::active;
    second.expire_date = {3101};
    ports::Unit unit;
    unit.insert(second);
    store.commit_and_wait(std::move(unit));
    EXPECT_EQ(authorize(purchase(100), tenant, {201})->reason, DeclineReason::none);
}

}  // namespace
}  // namespace takas::app::authorize
