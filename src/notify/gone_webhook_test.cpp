// What becomes of deliveries whose subscription is removed or switched off while they are on their way.
#include "app/webhooks/deliveries.hpp"
#include "notify/notifier_world_test.hpp"

namespace takas::notify {
namespace {

TEST_F(NotifierTest, WhatIsOnItsWayToARemovedWebhookEndsThere) {
    const Webhook webhook = subscribe();
    happen(1);
    happen(1);
    happen(2);
    run();
    app::ports::Unit unit;
    unit.erase(webhook);
    commit(std::move(unit));
    ASSERT_TRUE(app::webhooks::bury_open_deliveries(store, webhook.id));
    receiver.answer(500);
    receiver.answer(200);
    run();
    const auto rows = deliveries();
    EXPECT_EQ(rows.at(0).state, DeliveryState::dead);
    EXPECT_EQ(rows.at(0).last_error, "webhook_deleted");
    EXPECT_EQ(rows.at(0).attempt_count, 0);
    EXPECT_EQ(rows.at(1).state, DeliveryState::dead);
    EXPECT_EQ(rows.at(2).state, DeliveryState::delivered);
    pass(100'000);
    EXPECT_TRUE(receiver.waiting.empty());
    EXPECT_EQ(notifier->in_flight(), 0U);
}

TEST_F(NotifierTest, AFailureWhileSwitchedOffIsNoAttempt) {
    Webhook webhook = subscribe();
    webhook.max_retry_count = 0;
    save(webhook);
    happen(1);
    run();
    webhook.is_active = false;
    save(webhook);
    receiver.answer(0);
    run();
    EXPECT_EQ(only_delivery().state, DeliveryState::pending);
    EXPECT_EQ(only_delivery().attempt_count, 0);
    EXPECT_EQ(only_delivery().last_error, "");
    EXPECT_FALSE(store.find<Webhook>({where<&Webhook::id>(webhook.id)}).value().value().failing_since);
    pass(100'000);
    EXPECT_TRUE(receiver.waiting.empty());
    webhook.is_active = true;
    save(webhook);
    pass(2);
    ASSERT_EQ(receiver.waiting.size(), 1U);
    receiver.answer(500);
    run();
    EXPECT_EQ(only_delivery().state, DeliveryState::dead);
}

TEST_F(NotifierTest, DeliveriesToARemovedWebhookAreNotMade) {
    const Webhook webhook = subscribe();
    happen(1);
    Outlets outlets(store);
    FanOut fan_out(store, ids, outlets);
    ASSERT_TRUE(outlets.reload(clock.time));
    auto page = fan_out.next(clock.time);
    ASSERT_TRUE(page);
    app::ports::Unit unit;
    unit.erase(webhook);
    commit(std::move(unit));
    EXPECT_EQ(store.commit_and_wait(std::move(page->unit)).outcome, app::ports::CommitOutcome::version_moved);
    EXPECT_TRUE(deliveries().empty());
}

}  // namespace
}  // namespace takas::notify
