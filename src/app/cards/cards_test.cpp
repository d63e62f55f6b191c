#include "app/cards/cards.hpp"

#include <gtest/gtest.h>

#include "app/accounts/accounts.hpp"
#include "app/cards/card_world_test.hpp"

namespace takas::app::cards {
namespace {

using core::card::CardStatus;
using core::card::CardStatusReason;

class CardsTest : public ::testing::Test {
  protected:
    void SetUp() override {
        const auto range = world.add_range(world.add_bin().id);
        world.add_product(CardWorld::wanted_product("V", range.id));
        world.add_customer();
        card = *world.issue(CardWorld::wanted_card());
    }
    Result<ChangedStatus> change(CardStatus to, CardStatusReason reason, TenantId who = CardWorld::tenant) {
        auto context = world.context(who);
        return change_status(context, {card.token_id, to, reason, "note"});
    }

    CardWorld world;
    Card card;
};

TEST_F(CardsTest, StatusGoesThroughTheLaneWithItsEvent) {
    const auto changed = change(CardStatus::active, CardStatusReason::customer_request);
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->before.status, CardStatus::pending_activation);
    const auto stored = get_card(world.context(), card.token_id);
    EXPECT_EQ(stored->status, CardStatus::active);
    EXPECT_EQ(stored->status_description, "note");
    EXPECT_EQ(world.all<core::ledger::CardAccount>().front().version, 2);

    const auto event = world.all<core::event::DomainEvent>().back();
    EXPECT_EQ(event.kind, core::event::EventKind::card_status_changed);
    EXPECT_EQ(event.account_id, card.account_id);
    EXPECT_EQ(event.payload,
              "{\"CardTokenId\":" + std::to_string(card.token_id.value) + ",\"MaskedCardNo\":\"" + card.masked_card_no +
                  "\",\"OldStatus\":\"PendingActivation\",\"NewStatus\":\"Active\","
                  "\"OldReason\":null,\"NewReason\":\"CustomerRequest\",\"DateTime\":\"" +
                  to_text(world.clock.now()) + "\",\"UpdateUser\":\"00000000-0000-4000-8000-000000000001\"}");
}

TEST_F(CardsTest, IllegalChangesLeaveNoTrace) {
    const auto events = world.all<core::event::DomainEvent>().size();
    EXPECT_EQ(code_of(change(CardStatus::suspended, CardStatusReason::tenant_request)),
              ErrorCode::card_transition_not_allowed);
    EXPECT_EQ(code_of(change(CardStatus::active, CardStatusReason::cloned_card)), ErrorCode::card_reason_not_allowed);
    EXPECT_EQ(code_of(change(CardStatus::active, CardStatusReason::tenant_request, CardWorld::other_tenant)),
              ErrorCode::card_not_found);
    EXPECT_EQ(get_card(world.context(), card.token_id)->status, CardStatus::pending_activation);
    EXPECT_EQ(world.all<core::event::DomainEvent>().size(), events);
}

TEST_F(CardsTest, ListFiltersAndHidesOtherInstitutions) {
    world.add_customer("C-2");
    const auto second = *world.issue(CardWorld::wanted_card("V", "C-2"));
    const auto find = [&](const CardQuery& query, TenantId who = CardWorld::tenant) {
        std::vector<std::int64_t> tokens;
        const auto page = list_cards(world.context(who), query);
        EXPECT_EQ(page->total_count, static_cast<std::int64_t>(page->rows.size()));
        for (const Card& one : page->rows) tokens.push_back(one.token_id.value);
        return tokens;
    };
    using Tokens = std::vector<std::int64_t>;
    const Tokens both{second.token_id.value, card.token_id.value}, newer{second.token_id.value}, none;
    EXPECT_EQ(find({}), both);
    EXPECT_EQ(find({}, CardWorld::other_tenant), none);
    EXPECT_EQ(find({.token_id = second.token_id}), newer);
    EXPECT_EQ(find({.customer_no = "C-2"}), newer);
    EXPECT_EQ(find({.customer_no = "C-3"}), none);
    EXPECT_EQ(find({.card_product_code = "V"}), both);
    EXPECT_EQ(find({.card_product_code = "W"}), none);
    EXPECT_EQ(find({.masked_card_no = second.masked_card_no}).size(),
              second.masked_card_no == card.masked_card_no ? 2U : 1U);
    EXPECT_EQ(find({.status = CardStatus::active}), none);
    EXPECT_EQ(find({.status = CardStatus::pending_activation}), both);
    EXPECT_EQ(find({.is_noname = true}), none);
    EXPECT_EQ(find({.created_from = world.clock.now()}), both);
    EXPECT_EQ(find({.created_to = world.clock.now()}), none);
    EXPECT_EQ(code_of(get_card(world.context(CardWorld::other_tenant), card.token_id)), ErrorCode::card_not_found);
}

TEST_F(CardsTest, StatisticsCountApprovedDebitsOfDayMonthAndLife) {
    using namespace core::authorization;
    ports::Unit unit;
    const Instant now = world.clock.now();
    const auto add = [&](std::int64_t id, std::int64_t days_ago, TransactionCode code, TransactionResult result) {
        CardTransaction t;
        t.tenant_id = CardWorld::tenant, t.account_id = card.account_id, t.token_id = card.token_id;
        t.transaction_id = TransactionId{id};
        t.transaction_time = now.plus_seconds(-days_ago * 86'400);
        t.code = code, t.result = result;
        t.remaining_minor = 100;
        unit.insert(std::move(t));
    };
    add(10, 800, TransactionCode::purchase, TransactionResult::approved);
    add(20, 0, TransactionCode::purchase, TransactionResult::approved);
    add(30, 0, TransactionCode::refund, TransactionResult::approved);
    add(40, 0, TransactionCode::purchase, TransactionResult::declined);
    ASSERT_EQ(world.store.commit_and_wait(std::move(unit)).outcome, ports::CommitOutcome::committed);
    const auto sums = statistics_of(world.context(), card);
    ASSERT_TRUE(sums);
    EXPECT_EQ(sums->daily->count, 1);
    EXPECT_EQ(sums->daily->minor, 100);
    EXPECT_EQ(sums->monthly->count, 1);
    EXPECT_EQ(sums->total->count, 2);
    EXPECT_EQ(sums->total->minor, 200);
    EXPECT_EQ(sums->last_transaction_time, now);
    EXPECT_EQ(sums->currency, core::money::Currency{949});
}

TEST_F(CardsTest, StatisticsOfABusyCardAreNotHalfSums) {
    ports::Unit unit;
    for (std::int64_t id = 1; id <= 2'001; ++id) {
        core::authorization::CardTransaction t;
        t.tenant_id = CardWorld::tenant, t.account_id = card.account_id, t.token_id = card.token_id;
        t.transaction_id = TransactionId{id};
        t.transaction_time = world.clock.now().plus_seconds(id < 500 ? -86'400 : 0);
        t.code = core::authorization::TransactionCode::purchase;
        t.remaining_minor = 100;
        unit.insert(std::move(t));
    }
    ASSERT_EQ(world.store.commit_and_wait(std::move(unit)).outcome, ports::CommitOutcome::committed);
    const auto sums = statistics_of(world.context(), card);
    ASSERT_TRUE(sums);
    EXPECT_EQ(sums->daily->count, 1'502);
    EXPECT_FALSE(sums->total);
}

TEST_F(CardsTest, AccountsAreSeenByTheirInstitutionOnly) {
    const auto view = accounts::get_account_of_card(world.context(), card.token_id);
    ASSERT_TRUE(view);
    EXPECT_EQ(view->account.account_id, card.account_id);
    EXPECT_EQ(view->token_ids, std::vector{card.token_id});
    EXPECT_EQ(code_of(accounts::get_account(world.context(CardWorld::other_tenant), card.account_id)),
              ErrorCode::account_not_found);
    EXPECT_EQ(code_of(accounts::get_account(world.context(), AccountId{1})), ErrorCode::account_not_found);
    EXPECT_EQ(code_of(accounts::list_entries(world.context(CardWorld::other_tenant), card.account_id, {})),
              ErrorCode::account_not_found);
    EXPECT_EQ(accounts::list_entries(world.context(), card.account_id, {})->page.total_count, 0);
}

}  // namespace
}  // namespace takas::app::cards
