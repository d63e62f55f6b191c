#include "jobs/card_renewal.hpp"

#include <chrono>
#include <thread>

#include "app/cards/renew.hpp"
#include "app/cards/status.hpp"
#include "app/perso/perso_world_test.hpp"
#include "jobs/card_expiry.hpp"

namespace takas::jobs {
namespace {

using app::perso::PersoStatus;
using core::card::Card;
using core::card::CardStatus;
using core::perso::Issuance;
using core::perso::IssuanceType;

struct CardRenewalTest : ::testing::Test, app::perso::PersoWorld {
    CardRenewal job{services, {.page_size = 2}};

    CardRenewalTest() {
        core::identity::Tenant bank;
        bank.tenant_id = tenant, bank.tenant_uuid = "00000000-0000-4000-8000-000000000002", bank.code = "bank";
        app::ports::Unit unit;
        unit.insert(bank);
        EXPECT_EQ(store.commit_and_wait(std::move(unit)).outcome, app::ports::CommitOutcome::committed);
        EXPECT_TRUE(catalog.refresh());
    }
    Card active(bool auto_renewal = true) {
        auto wanted = printed();
        wanted.auto_renewal = auto_renewal;
        const Card card = make(wanted);
        auto c = context();
        EXPECT_TRUE(app::cards::change_status(
            c, {card.token_id, CardStatus::active, core::card::CardStatusReason::customer_request, ""}));
        return card;
    }
    /// The last day of the card's month.
    static Date last_day_of(const Card& card) {
        const int year = 2000 + card.expire_date.value / 100;
        const auto month = static_cast<unsigned>(card.expire_date.value % 100);
        return Date{make_date(month == 12 ? year + 1 : year, month % 12 + 1, 1)->value - 1};
    }
    static Instant noon_of(Date day) { return Instant{(day.value * 24 + 12) * 3'600'000'000}; }
    CardRenewal::Outcome run_on(Date day) {
        clock.time = noon_of(day);
        const auto done = job.run();
        EXPECT_TRUE(done) << done.error().internal_detail;
        return done.value_or(CardRenewal::Outcome{-1, -1});
    }
    std::int64_t renewals_of(const Card& card) {
        std::int64_t count = 0;
        for (const Issuance& order : all<Issuance>())
            count += order.token_id == card.token_id && order.issuance_type == IssuanceType::renewal ? 1 : 0;
        return count;
    }
};

TEST_F(CardRenewalTest, RenewsInItsWindowAndNotBefore) {
    const Card card = active();
    const Date last = last_day_of(card);
    const int window = 30;  // the product's renewalDaysBefore
    EXPECT_EQ(run_on(Date{last.value - window - 1}).renewed, 0);
    EXPECT_EQ(run_on(Date{last.value - window}).renewed, 1);
    const Card after = card_now(card);
    EXPECT_GT(after.expire_date, card.expire_date);
    EXPECT_EQ(after.pan_sequence_no, card.pan_sequence_no + 1);
    EXPECT_EQ(order_of(card).status, PersoStatus::waiting);
    EXPECT_EQ(order_of(card).expire_date, after.expire_date);
    EXPECT_EQ(renewals_of(card), 1);
}

TEST_F(CardRenewalTest, OncePerPeriodHoweverOftenItRuns) {
    std::vector<Card> cards;
    for (int i = 0; i < 5; ++i) cards.push_back(active());
    const Date last = last_day_of(cards.front());
    std::int64_t renewed = 0;
    for (int day = 40; day >= 0; --day)
        for (int twice = 0; twice < 2; ++twice) renewed += run_on(Date{last.value - day}).renewed;
    EXPECT_EQ(renewed, 5);
    for (const Card& card : cards) EXPECT_EQ(renewals_of(card), 1);
    // In the next period once more, together with a card that was made meanwhile and ends with them.
    const Card later = active();
    EXPECT_EQ(run_on(last_day_of(later)).renewed, 6);
    EXPECT_EQ(run_on(last_day_of(later)).renewed, 0);
    EXPECT_EQ(renewals_of(later), 1);
    for (const Card& card : cards) EXPECT_EQ(renewals_of(card), 2);
}

TEST_F(CardRenewalTest, TwoServersAtOnceRenewOnce) {
    std::vector<Card> cards;
    for (int i = 0; i < 6; ++i) cards.push_back(active());
    clock.time = noon_of(last_day_of(cards.front()));
    CardRenewal other{services, {.page_size = 3}};
    std::array<Result<CardRenewal::Outcome>, 2> sums{CardRenewal::Outcome{}, CardRenewal::Outcome{}};
    {
        const std::jthread one([&] { sums[0] = job.run(); });
        const std::jthread two([&] { sums[1] = other.run(); });
    }
    ASSERT_TRUE(sums[0] && sums[1]);
    EXPECT_EQ(sums[0]->renewed + sums[1]->renewed, 6);
    EXPECT_EQ(sums[0]->refused + sums[1]->refused, 0);
    for (const Card& card : cards) EXPECT_EQ(renewals_of(card), 1);
}

TEST_F(CardRenewalTest, AStoreThatFailsHalfWayMakesNoSecondRenewal) {
    std::vector<Card> cards;
    for (int i = 0; i < 20; ++i) cards.push_back(active());
    clock.time = noon_of(last_day_of(cards.front()));
    std::int64_t failed = 0, renewed = 0;
    {
        const std::jthread weather([&](const std::stop_token& stop) {
            for (bool is_fair = false; !stop.stop_requested(); is_fair = !is_fair) {
                store.set_writable(is_fair);
                std::this_thread::sleep_for(std::chrono::microseconds(300));
            }
        });
        for (int run = 0; run < 30; ++run) {
            const auto done = job.run();
            failed += done ? 0 : 1;
            renewed += done ? done->renewed : 0;
        }
    }
    store.set_writable(true);
    EXPECT_GT(failed, 0);
    ASSERT_TRUE(job.run());
    for (const Card& card : cards) EXPECT_EQ(renewals_of(card), 1);
    EXPECT_LE(renewed, 20);
}

TEST_F(CardRenewalTest, WhatWillBeDueIsRenewedNow) {
    const Card card = active();
    const Instant now = clock.time;
    EXPECT_EQ(job.run(last_day_of(card))->renewed, 1);
    EXPECT_EQ(job.run(last_day_of(card))->renewed, 0);
    EXPECT_EQ(card_now(card).renewed_at, now);
    for (const auto& event : events_of(card)) EXPECT_EQ(event.occurred_at, now);
}

TEST_F(CardRenewalTest, LeavesTheOthersAlone) {
    const Card without = active(false), pending = make();
    const Card closed = active();
    auto c = context();
    ASSERT_TRUE(app::cards::change_status(
        c, {closed.token_id, CardStatus::closed, core::card::CardStatusReason::customer_request, ""}));
    const Date last = last_day_of(without);
    EXPECT_EQ(run_on(last).renewed, 0);
    const Card due = active();  // made on that day: its own expiry is far
    EXPECT_EQ(run_on(last).renewed, 0);
    EXPECT_EQ(run_on(Date{last_day_of(due).value + 1}).renewed, 0);  // it expired: too late
}

TEST_F(CardRenewalTest, WhatCannotBeRenewedIsToldAndDoesNotStopTheRest) {
    const Card one = active();
    auto passive = app::products::get_product(context(), "P");
    ASSERT_TRUE(passive);
    run([&](app::Context& c) -> Result<bool> {
        auto changed = *passive;
        changed.status = core::product::ProductStatus::passive;
        ++changed.version;
        c.unit.update(changed, passive->version);
        return true;
    });
    const auto sum = run_on(last_day_of(one));
    EXPECT_EQ(sum.renewed, 0);
    EXPECT_EQ(sum.refused, 1);
    EXPECT_EQ(card_now(one).expire_date, one.expire_date);
}

TEST_F(CardRenewalTest, OrdersOfExpiredCardsAreCalledOff) {
    const Card card = make();
    CardExpiry expiry{services, {.page_size = 1}};
    clock.time = noon_of(last_day_of(card));
    EXPECT_EQ(expiry.run()->cancelled, 0);
    clock.time = noon_of(Date{last_day_of(card).value + 1});
    EXPECT_EQ(expiry.run()->cancelled, 1);
    EXPECT_EQ(order_of(card).status, PersoStatus::cancelled);
    EXPECT_EQ(expiry.run()->cancelled, 0);
}

}  // namespace
}  // namespace takas::jobs
