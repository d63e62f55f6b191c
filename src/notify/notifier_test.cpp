// What is delivered, when and in which order.
#include "notify/notifier_world_test.hpp"

namespace takas::notify {
namespace {

TEST_F(NotifierTest, DeliversASignedEventOnce) {
    subscribe({"CardCreated"});
    happen(95);
    happen(95, EventKind::pin_set);                    // another event
    happen(95, EventKind::card_created, TenantId{8});  // another institution
    run();
    ASSERT_EQ(receiver.waiting.size(), 1U);
    const auto call = receiver.answer(204);
    run();
    EXPECT_EQ(call.request.body, R"({"Name":"CardCreated","Data":{"CardTokenId":95}})");
    EXPECT_TRUE(call.request.allow_loopback);
    const auto delivery = only_delivery();
    EXPECT_EQ(delivery.state, DeliveryState::delivered);
    EXPECT_EQ(delivery.attempt_count, 1);
    EXPECT_EQ(delivery.last_status, 204);

    const std::string id = std::to_string(delivery.id.value), time = std::to_string(clock.time.seconds());
    EXPECT_EQ(call.header("webhook-id"), id);
    EXPECT_EQ(call.header("webhook-timestamp"), time);
    EXPECT_EQ(call.header("webhook-signature"), standard_signature(secret, id, time, call.request.body));
    EXPECT_EQ(call.header("X-Webhook-Id"), id);
    EXPECT_EQ(call.header("X-Webhook-Attempt"), "1");
    EXPECT_EQ(call.header("X-Webhook-Timestamp"), time);
    EXPECT_EQ(call.header("X-Webhook-Signature"), contract_signature(secret, time, call.request.body));
    pass(100'000);
    EXPECT_TRUE(receiver.waiting.empty());
}

TEST_F(NotifierTest, DeliversOnlyWhatHappensAfterTheRegistration) {
    happen(1);
    happen(2);
    Webhook webhook = subscribe();
    webhook.starts_after_sequence_no = 2;
    save(webhook);
    happen(3);
    run();
    EXPECT_EQ(only_delivery().stream_id, 3);
}

TEST_F(NotifierTest, RetriesOnTheScheduleThenGivesUp) {
    subscribe();
    happen(1);
    run();
    const std::string id = receiver.waiting.at(0).header("webhook-id");
    int attempt = 1;
    for (const std::int64_t delay_s : core::webhook::retry_delays_s) {
        EXPECT_EQ(receiver.answer(attempt % 2 == 0 ? 0 : 302).header("X-Webhook-Attempt"), std::to_string(attempt));
        run();
        pass(delay_s - 1);
        EXPECT_TRUE(receiver.waiting.empty());
        pass(2);
        ASSERT_EQ(receiver.waiting.size(), 1U) << delay_s;
        EXPECT_EQ(receiver.waiting.at(0).header("webhook-id"), id);
        EXPECT_EQ(receiver.waiting.at(0).header("webhook-timestamp"), std::to_string(clock.time.seconds()));
        ++attempt;
    }
    receiver.answer(500);
    pass(1'000'000);
    EXPECT_TRUE(receiver.waiting.empty());
    EXPECT_EQ(only_delivery().state, DeliveryState::dead);
    EXPECT_EQ(only_delivery().attempt_count, 11);
}

TEST_F(NotifierTest, HonoursRetryAfter) {
    subscribe();
    happen(1);
    run();
    receiver.answer(429, "3600");
    run();
    pass(3'598);
    EXPECT_TRUE(receiver.waiting.empty());
    pass(2);
    EXPECT_EQ(receiver.waiting.size(), 1U);
}

TEST_F(NotifierTest, KeepsTheOrderOfAStreamAndHoldsUpNoOther) {
    subscribe();
    happen(1);
    happen(1);
    happen(2);
    happen(1);
    run();
    ASSERT_EQ(receiver.waiting.size(), 2U);  // the first of stream 1, and stream 2
    receiver.answer(500);
    receiver.answer(200);
    run();
    EXPECT_TRUE(receiver.waiting.empty());
    happen(2);
    happen(1);
    run();
    ASSERT_EQ(receiver.waiting.size(), 1U);  // stream 2 goes on while stream 1 waits
    receiver.answer(200);
    pass(12);
    std::vector<std::string> order;
    while (!receiver.waiting.empty()) {
        order.push_back(receiver.answer(200).header("webhook-id"));
        run();
    }
    EXPECT_EQ(order.size(), 4U);
    EXPECT_TRUE(std::ranges::is_sorted(order));
    for (const auto& row : deliveries()) EXPECT_EQ(row.state, DeliveryState::delivered);
}

TEST_F(NotifierTest, AStreamGoesOnBehindADeadDelivery) {
    Webhook webhook = subscribe();
    webhook.max_retry_count = 0;
    save(webhook);
    happen(1);
    happen(1);
    run();
    receiver.answer(500);
    run();
    ASSERT_EQ(receiver.waiting.size(), 1U);
    receiver.answer(200);
    run();
    EXPECT_EQ(deliveries().at(0).state, DeliveryState::dead);
    EXPECT_EQ(deliveries().at(1).state, DeliveryState::delivered);
}

TEST_F(NotifierTest, ASlowReceiverLeavesPlacesForOthers) {
    const Webhook slow = subscribe();
    for (int stream = 1; stream <= 100; ++stream) happen(stream);
    run();
    EXPECT_EQ(receiver.waiting.size(), 2U) << "until it has shown that it is quick";
    for (int i = 0; i < 2; ++i) receiver.answer(200);
    run();
    EXPECT_EQ(receiver.waiting.size(), 8U);
    receiver.answer(200);
    run();
    EXPECT_EQ(receiver.waiting.size(), 16U);
    subscribe({"PinSet"}, "https://two.example/hook");
    happen(1, EventKind::pin_set);
    run();
    ASSERT_EQ(receiver.waiting.size(), 17U);
    EXPECT_EQ(receiver.waiting.back().request.url, "https://two.example/hook");
    // One that fails gets two places until it succeeds.
    for (int i = 0; i < 16; ++i) receiver.answer(0);
    receiver.answer(200);
    run();
    EXPECT_EQ(receiver.waiting.size(), 2U);
    receiver.answer(200);
    run();
    EXPECT_EQ(receiver.waiting.size(), 4U);
    // And so does one that lets its answers wait.
    clock.time = clock.time.plus_seconds(3);
    for (int i = 0; i < 4; ++i) receiver.answer(200);
    run();
    EXPECT_EQ(receiver.waiting.size(), 2U);
}

TEST_F(NotifierTest, ManySlowReceiversStopNobody) {
    const auto sent_to = [this](std::string_view url) {
        return std::ranges::count_if(receiver.waiting, [&](const auto& call) { return call.request.url == url; });
    };
    const auto answer_to = [this](std::string_view url) {
        const auto call = std::ranges::find_if(receiver.waiting, [&](const auto& c) { return c.request.url == url; });
        auto done = std::move(call->done);
        receiver.waiting.erase(call);
        done({200, "", {}});
    };
    const std::string slow = "https://slow.example/hook", fast = "https://fast.example/hook";
    subscribe({"PinSet"}, fast);
    std::vector<Webhook> slow_ones;
    for (int i = 0; i < 49; ++i) slow_ones.push_back(subscribe({"CardCreated"}, slow));
    happen(1, EventKind::pin_set);
    run();
    answer_to(fast);
    for (int stream = 1; stream <= 50; ++stream) happen(stream);
    run();
    EXPECT_GE(sent_to(slow), 49) << "each gets a place";
    EXPECT_LE(sent_to(slow), 70);
    for (int stream = 1; stream <= 5; ++stream) happen(stream, EventKind::pin_set);
    run();
    EXPECT_EQ(sent_to(fast), 4) << "the same institution's quick receiver goes on";
    for (int i = 0; i < 5; ++i) {
        ASSERT_GT(sent_to(fast), 0);
        answer_to(fast);
        run();
    }

    core::identity::Tenant row;
    row.tenant_id = TenantId{8};
    row.tenant_uuid = "00000000-0000-0000-0000-000000000008";
    row.code = "other";
    save(row);
    ASSERT_TRUE(catalog.refresh());
    Webhook other = subscribe({"CardStatusChanged"}, "https://other.example/hook");
    app::ports::Unit unit;
    unit.erase(other);
    commit(std::move(unit));
    other.tenant_id = TenantId{8};
    app::webhooks::WebhookSecrets secrets;
    secrets.signing_secret = secret;
    ASSERT_TRUE(app::webhooks::seal(box, secrets, other));  // bound to its institution
    save(other);
    pass(3);
    for (int stream = 1; stream <= 5; ++stream) happen(stream, EventKind::card_status_changed, TenantId{8});
    run();
    ASSERT_EQ(sent_to("https://other.example/hook"), 2);
    answer_to("https://other.example/hook");
    run();
    EXPECT_EQ(sent_to("https://other.example/hook"), 4) << "it is quick";
    // Removing subscriptions gives no further places: what is on its way still counts.
    for (const Webhook& one : slow_ones) {
        app::ports::Unit erased;
        erased.erase(one);
        commit(std::move(erased));
    }
    for (int i = 0; i < 49; ++i) subscribe({"CardCreated"}, slow);
    pass(3);
    for (int stream = 1; stream <= 50; ++stream) happen(stream);
    run();
    EXPECT_LE(sent_to(slow), 70);
}

TEST_F(NotifierTest, GoneSwitchesTheWebhookOffAndKeepsTheRest) {
    Webhook webhook = subscribe();
    happen(1);
    happen(1);
    happen(2);
    run();
    receiver.answer(410);
    receiver.answer(500);
    run();
    const auto stored = store.find<Webhook>({where<&Webhook::id>(webhook.id)}).value().value();
    EXPECT_FALSE(stored.is_active);
    pass(100'000);
    EXPECT_TRUE(receiver.waiting.empty());
    EXPECT_EQ(deliveries().at(0).state, DeliveryState::dead);
    EXPECT_EQ(deliveries().at(1).state, DeliveryState::pending);
    happen(3);
    run();
    EXPECT_EQ(deliveries().size(), 3U);

    webhook = stored;
    webhook.is_active = true;
    webhook.starts_after_sequence_no = 4;  // as the use case does
    save(webhook);
    pass(2);
    EXPECT_EQ(receiver.waiting.size(), 2U);  // what had waited goes on
}

TEST_F(NotifierTest, AChangedUrlIsNotSwitchedOffByTheOldOne) {
    Webhook webhook = subscribe();
    happen(1);
    run();
    webhook.url = "https://new.example/hook";
    save(webhook);
    receiver.answer(410);
    run();
    EXPECT_TRUE(store.find<Webhook>({where<&Webhook::id>(webhook.id)}).value().value().is_active);
}

TEST_F(NotifierTest, ACrashBetweenSendingAndRecordingSendsAgainUnderTheSameId) {
    subscribe();
    happen(1);
    run();
    const std::string id = receiver.waiting.at(0).header("webhook-id");
    notifier.reset();
    receiver.answer(200);  // too late: nobody records it
    notifier = started(0);
    run();
    ASSERT_EQ(receiver.waiting.size(), 1U);
    EXPECT_EQ(receiver.waiting.at(0).header("webhook-id"), id);
    receiver.answer(200);
    run();
    EXPECT_EQ(only_delivery().state, DeliveryState::delivered);
}

TEST_F(NotifierTest, ResendsWithTheSameIdAndANewTime) {
    subscribe();
    happen(1);
    run();
    const std::string id = receiver.answer(200).header("webhook-id");
    run();
    clock.time = clock.time.plus_seconds(1'000);
    WebhookDelivery row = only_delivery();
    row.state = DeliveryState::pending;
    row.attempt_count = 0;
    row.next_attempt_at = clock.time;
    save(row);
    pass(2);
    ASSERT_EQ(receiver.waiting.size(), 1U);
    const auto call = receiver.answer(200);
    run();
    EXPECT_EQ(call.header("webhook-id"), id);
    EXPECT_EQ(call.header("webhook-timestamp"), std::to_string(clock.time.seconds()));
}

TEST_F(NotifierTest, OfTwoServersOnlyOneDelivers) {
    subscribe();
    happen(1);
    auto other = started(1);
    for (int i = 0; i < 3; ++i) {
        notifier->step();
        other->step();
    }
    ASSERT_EQ(receiver.waiting.size(), 1U);
    receiver.answer(200);
    run();
    EXPECT_EQ(only_delivery().state, DeliveryState::delivered);

    // The first one pauses with an attempt under way; the other takes over, and the late answer changes nothing.
    happen(2);
    run();
    ASSERT_EQ(receiver.waiting.size(), 1U);
    clock.time = clock.time.plus_seconds(hold_s + 1);
    other->step();
    other->step();
    ASSERT_EQ(receiver.waiting.size(), 2U);
    receiver.answer(500);
    run();
    EXPECT_EQ(deliveries().at(1).attempt_count, 0);
    receiver.answer(200);
    other->step();
    EXPECT_EQ(deliveries().at(1).state, DeliveryState::delivered);
    happen(3);
    run();
    EXPECT_TRUE(receiver.waiting.empty());
    other->step();
    EXPECT_EQ(receiver.waiting.size(), 1U);
    EXPECT_EQ(deliveries().size(), 3U);
}

TEST_F(NotifierTest, AFullDiskDoesNotRepeatDeliveries) {
    subscribe();
    happen(1);
    run();
    store.set_writable(false);
    receiver.answer(200);
    for (int i = 0; i < 5; ++i) pass(20);
    EXPECT_TRUE(receiver.waiting.empty());
    store.set_writable(true);
    run();
    run();
    EXPECT_EQ(only_delivery().state, DeliveryState::delivered);
    EXPECT_TRUE(receiver.waiting.empty());
}

TEST_F(NotifierTest, AnUnreadableEventIsGivenUpInTheEnd) {
    subscribe();
    DomainEvent event;
    event.tenant_id = tenant;
    event.kind = EventKind::successful_transaction;  // of a transaction that is not there
    event.stream_id = 1;
    app::ports::Unit unit;
    unit.insert(event);
    commit(std::move(unit));
    for (int i = 0; i < 20; ++i) pass(200'000);
    EXPECT_TRUE(receiver.waiting.empty());
    EXPECT_EQ(only_delivery().state, DeliveryState::dead);
    EXPECT_EQ(only_delivery().last_error, "not_rendered");
}

TEST_F(NotifierTest, WritesNothingWhileNobodyListens) {
    for (int i = 0; i < 10; ++i) happen(i);
    run();
    EXPECT_FALSE(store.find<FanOutCursor>({}).value().has_value());
}

TEST_F(NotifierTest, ClosingTheSenderDoesNotCountAsAnAttempt) {
    subscribe();
    happen(1);
    run();
    notifier->stop_sending();
    receiver.waiting.at(0).done({0, app::ports::sender_closed, {}});
    run();
    EXPECT_EQ(notifier->in_flight(), 0U);
    EXPECT_EQ(only_delivery().attempt_count, 0);
}

TEST_F(NotifierTest, EveryStoredPositionIsGuardedByItsVersion) {
    subscribe();
    happen(1);
    run();
    const auto before = **store.find<FanOutCursor>({});
    happen(2);
    run();
    const auto after = **store.find<FanOutCursor>({});
    EXPECT_GT(after.sequence_no, before.sequence_no);
    EXPECT_GT(after.version, before.version) << "who read the older row cannot take over with its position";
}

TEST_F(NotifierTest, APositionOlderThanTheDeliveriesIsCaughtUp) {
    subscribe();
    for (int i = 1; i <= 3; ++i) happen(i);
    run();
    ASSERT_EQ(deliveries().size(), 3U);
    auto cursor = **store.find<FanOutCursor>({});
    cursor.sequence_no = 1;
    ++cursor.version;
    cursor.held_until = clock.time;
    save(cursor);
    notifier = started(1);
    happen(4);
    for (int i = 0; i < 5; ++i) pass(20);
    EXPECT_EQ(deliveries().size(), 4U) << "none twice, and the new one";
}

}  // namespace
}  // namespace takas::notify
