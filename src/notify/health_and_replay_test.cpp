// Receivers that fail for days, replays, secrets that overlap, tokens.
#include <map>
#include <set>

#include "notify/notifier_world_test.hpp"

namespace takas::notify {
namespace {

Webhook stored_webhook(NotifierTest& test, EntityId id) {
    return test.store.find<Webhook>({where<&Webhook::id>(id)}).value().value();
}

TEST_F(NotifierTest, AReceiverThatFailsForFiveDaysIsSwitchedOffAndNothingIsLost) {
    const Webhook webhook = subscribe();
    for (int day = 0; day <= 5; ++day) {
        EXPECT_TRUE(stored_webhook(*this, webhook.id).is_active) << day;
        happen(100 + day);
        run();
        while (!receiver.waiting.empty()) receiver.answer(500);
        run();
        pass(86'400);
    }
    Webhook off = stored_webhook(*this, webhook.id);
    EXPECT_FALSE(off.is_active);
    EXPECT_EQ(off.switched_off, core::webhook::SwitchedOff::failing);
    while (!receiver.waiting.empty()) receiver.answer(500);
    pass(86'400);
    EXPECT_TRUE(receiver.waiting.empty());

    happen(200);  // while it is off
    core::webhook::SwitchedOff by_hand{};
    off = stored_webhook(*this, webhook.id);
    off.is_active = true;
    off.switched_off = by_hand;
    off.failing_since.reset();
    off.starts_after_sequence_no = 7;
    off.replay_since = parse_instant("2031-03-01T10:00:00Z");
    off.replay_until_sequence_no = 7;
    ++off.version;
    save(off);
    pass(2);
    for (int i = 0; i < 20; ++i) {
        while (!receiver.waiting.empty()) receiver.answer(200);
        pass(86'400);
    }
    std::set<std::int64_t> delivered;
    for (const auto& row : deliveries())
        if (row.state == DeliveryState::delivered) delivered.insert(row.stream_id);
    EXPECT_EQ(delivered, (std::set<std::int64_t>{100, 101, 102, 103, 104, 105, 200}));
}

TEST_F(NotifierTest, ASuccessEndsTheFailingTime) {
    const Webhook webhook = subscribe();
    happen(1);
    run();
    receiver.answer(500);
    run();
    EXPECT_EQ(stored_webhook(*this, webhook.id).failing_since, clock.time);
    pass(13);
    receiver.answer(200);
    run();
    EXPECT_FALSE(stored_webhook(*this, webhook.id).failing_since);
}

TEST_F(NotifierTest, AReplayGoesOutInOrderUnderTheOldIds) {
    const Webhook webhook = subscribe({"CardCreated"});
    const Instant began = clock.time;
    happen(1);
    pass(100);
    happen(1);
    happen(1, EventKind::pin_set);  // not wanted
    happen(2);
    happen(1, EventKind::card_created, TenantId{8});
    run();
    std::map<std::int64_t, std::string> ids;
    for (int i = 0; i < 5; ++i) {
        while (!receiver.waiting.empty()) receiver.answer(200);
        run();
    }
    for (const auto& row : deliveries()) {
        EXPECT_EQ(row.state, DeliveryState::delivered);
        ids[row.event_sequence_no] = std::to_string(row.id.value);
    }
    ASSERT_EQ(ids.size(), 3U);

    Webhook replayed = stored_webhook(*this, webhook.id);
    replayed.replay_since = began;
    replayed.replay_until_sequence_no = 6;
    ++replayed.version;
    save(replayed);
    pass(10);
    ASSERT_EQ(receiver.waiting.size(), 2U) << "one of each stream";
    std::vector<std::string> order;
    for (int i = 0; i < 5; ++i) {
        while (!receiver.waiting.empty()) order.push_back(receiver.answer(200).header("webhook-id"));
        run();
    }
    ASSERT_EQ(order.size(), 3U);
    std::vector<std::string> of_stream_1;
    for (const std::string& id : order)
        if (id != ids.at(4)) of_stream_1.push_back(id);
    EXPECT_EQ(of_stream_1, (std::vector{ids.at(1), ids.at(2)}));
    EXPECT_FALSE(stored_webhook(*this, webhook.id).replay_since);
    EXPECT_EQ(deliveries().size(), 3U);
    pass(100);
    EXPECT_TRUE(receiver.waiting.empty());
}

TEST_F(NotifierTest, ALongReplayReachesWhatWasBeforeTheSubscription) {
    for (int i = 1; i <= 1'000; ++i) happen(i % 50);
    Webhook webhook = subscribe();
    webhook.starts_after_sequence_no = 1'000;
    webhook.replay_since = clock.time;
    webhook.replay_until_sequence_no = 1'000;
    save(webhook);
    std::map<std::string, int> times;
    for (int i = 0; i < 500; ++i) {
        run();
        while (!receiver.waiting.empty()) ++times[receiver.answer(200).header("webhook-id")];
    }
    EXPECT_EQ(times.size(), 1'000U);
    for (const auto& [id, count] : times) EXPECT_EQ(count, 1) << id;
    for (const auto& row : deliveries()) EXPECT_EQ(row.state, DeliveryState::delivered);
}

TEST_F(NotifierTest, WhileSecretsOverlapBothSign) {
    app::webhooks::WebhookSecrets secrets;
    secrets.previous_signing_secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
    secrets.previous_valid_until = clock.time.plus_seconds(100);
    subscribe({"*"}, "https://one.example/hook", secrets);
    happen(1);
    run();
    const auto both = receiver.answer(200);
    const std::string id = both.header("webhook-id"), time = both.header("webhook-timestamp");
    EXPECT_EQ(both.header("webhook-signature"),
              *standard_signature(secret, id, time, both.request.body) + " " +
                  *standard_signature(secrets.previous_signing_secret, id, time, both.request.body));
    EXPECT_EQ(both.header("X-Webhook-Signature"), contract_signature(secret, time, both.request.body));
    EXPECT_EQ(both.header("X-Webhook-Signature-Previous"),
              contract_signature(secrets.previous_signing_secret, time, both.request.body));
    run();
    clock.time = clock.time.plus_seconds(100);
    happen(1);
    run();
    const auto one = receiver.answer(200);
    EXPECT_EQ(one.header("webhook-signature").find(' '), std::string::npos);
    EXPECT_EQ(one.header("X-Webhook-Signature-Previous"), "");
}

TEST_F(NotifierTest, AnOAuthReceiverGetsItsToken) {
    app::webhooks::WebhookSecrets secrets;
    secrets.token_url = "https://login.example/token";
    secrets.client_id = "takas";
    secrets.client_secret = "s";
    subscribe({"*"}, "https://one.example/hook", secrets);
    happen(1);
    happen(2);
    run();
    ASSERT_EQ(receiver.waiting.size(), 1U);
    EXPECT_EQ(receiver.waiting.at(0).request.url, secrets.token_url);
    EXPECT_TRUE(receiver.waiting.at(0).request.allow_loopback);
    receiver.answer(503, "60");  // no token: both attempts have failed, and wait as long as they would anyway
    run();
    EXPECT_EQ(deliveries().at(0).last_error, "oauth_refused");
    EXPECT_EQ(deliveries().at(0).attempt_count, 1);
    pass(12);
    ASSERT_EQ(receiver.waiting.size(), 1U);
    auto asked = std::move(receiver.waiting.at(0));
    receiver.waiting.clear();
    asked.done({200, "", {}, R"({"access_token":"t1","token_type":"Bearer","expires_in":600})"});
    ASSERT_EQ(receiver.waiting.size(), 2U);
    EXPECT_EQ(receiver.answer(200).header("Authorization"), "Bearer t1");
    EXPECT_EQ(receiver.answer(200).header("Authorization"), "Bearer t1");
    run();
    for (const auto& row : deliveries()) EXPECT_EQ(row.state, DeliveryState::delivered);
}

}  // namespace
}  // namespace takas::notify
