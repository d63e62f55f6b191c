#include "app/webhooks/webhooks.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/ports/tables.hpp"
#include "app/system/system_world_test.hpp"
#include "app/webhooks/deliveries.hpp"
#include "base/encoding.hpp"
#include "store/memory/memory_store.hpp"

namespace takas::app::webhooks {
namespace {

using core::webhook::AuthenticationType;
using core::webhook::DeliveryState;
using core::webhook::Webhook;
using core::webhook::WebhookDelivery;

struct StoppedClock final : ports::Clock {
    Instant now() const override { return parse_instant("2031-03-01T10:00:00Z").value(); }
};
struct CountingRandom final : ports::Random {
    std::uint8_t next = 0;
    void fill(std::span<std::uint8_t> out) override {
        for (auto& octet : out) octet = next++;
    }
};

struct WebhooksTest : testing::Test {
    store::memory::MemoryStore store;
    StoppedClock clock;
    CountingRandom random;
    ids::IdSource ids{clock, 0};
    crypto::Keyring keyring = crypto::Keyring::generate(Instant{0});
    secrets::SecretBox box{keyring};
    system::Uncalled uncalled;
    Services services{.store = store,
                      .clock = clock,
                      .random = random,
                      .ids = ids,
                      .catalog = uncalled,
                      .pan_vault = uncalled,
                      .secret_box = box,
                      .lanes = uncalled,
                      .authorizer = uncalled,
                      .tokens = uncalled,
                      .hsm = uncalled,
                      .keys = uncalled};
    Context context{
        .services = services, .tenant_id = {7}, .user_id = "u", .now = clock.now(), .correlation_id = {}, .unit = {}};

    void commit() {
        ASSERT_EQ(store.commit_and_wait(std::exchange(context.unit, {})).outcome, ports::CommitOutcome::committed);
    }
    WebhookWish wish() {
        WebhookWish w;
        w.event_names = {"CardCreated", "3dSecureTransition", "ThreeDSecureTransition"};
        w.url = "https://bank.example/hook";
        return w;
    }
    std::vector<std::string> refused(const WebhookWish& w) {
        std::vector<std::string> paths;
        const auto made = register_webhook(context, w);
        if (!made)
            for (const auto& field : made.error().fields) paths.push_back(field.path);
        return paths;
    }
    EntityId add_delivery(EntityId webhook, std::int64_t sequence_no, std::int64_t stream, DeliveryState state) {
        WebhookDelivery d;
        d.tenant_id = context.tenant_id;
        d.webhook_id = webhook;
        d.id = ids.next<EntityId>();
        d.event_sequence_no = sequence_no;
        d.stream_id = stream;
        d.state = state;
        d.attempt_count = 11;
        d.created_at = clock.now();
        context.unit.insert(d);
        return d.id;
    }
    WebhookDelivery delivery(EntityId id) {
        return store.find<WebhookDelivery>({ports::where<&WebhookDelivery::id>(id)}).value().value();
    }
};

TEST_F(WebhooksTest, RegistrationGivesASecretOnceAndStartsWithTheNextEvent) {
    core::event::DomainEvent event;
    event.tenant_id = {7};
    context.unit.insert(event);
    commit();
    const auto made = register_webhook(context, wish());
    ASSERT_TRUE(made);
    commit();
    EXPECT_EQ(made->webhook.event_names, (std::vector<std::string>{"CardCreated", "ThreeDSecureTransition"}));
    EXPECT_EQ(made->webhook.starts_after_sequence_no, 1);
    EXPECT_TRUE(made->secrets.signing_secret.starts_with("whsec_"));
    EXPECT_EQ(base64_decode(made->secrets.signing_secret.substr(6)).value().size(), 32U);
    EXPECT_EQ(made->webhook.secrets_sealed.bytes.find("whsec_"), std::string::npos);
    EXPECT_EQ(list_webhooks(context).value().at(0).secrets.signing_secret, made->secrets.signing_secret);
    context.tenant_id = {8};
    EXPECT_TRUE(list_webhooks(context).value().empty());
    EXPECT_EQ(update_webhook(context, made->webhook.id, wish()).error().code, ErrorCode::webhook_not_found);
    EXPECT_EQ(unregister_webhook(context, made->webhook.id).error().code, ErrorCode::webhook_not_found);
}

TEST_F(WebhooksTest, EveryRefusedFieldIsNamed) {
    WebhookWish w = wish();
    w.event_names = {"CardCreated", "cardCreated", "*", "Nonsense"};
    w.authentication_type = AuthenticationType::basic;
    w.user_name = "a:b";
    w.custom_headers = {{"Host", "x"}, {"X-Ok", "y"}, {"X-Bad", "a\r\nb"}, {"authorization", "z"}};
    EXPECT_EQ(refused(w),
              (std::vector<std::string>{"eventNames[1]", "eventNames[3]", "password", "userName", "customHeaders.Host",
                                        "customHeaders.X-Bad", "customHeaders.authorization"}));
    w = wish();
    w.authentication_type = AuthenticationType::api_key;
    w.header_name = "Webhook-Id";
    w.header_value = "v";
    EXPECT_EQ(refused(w), (std::vector<std::string>{"headerName"}));
    w = wish();
    w.authentication_type = AuthenticationType::o_auth_2_client_credentials;
    w.token_url = "https://login.example/token";
    w.scope = "a\nb";
    EXPECT_EQ(refused(w), (std::vector<std::string>{"clientId", "clientSecret", "scope"}));
}

TEST_F(WebhooksTest, AbsentSecretsAreKeptUntilTheAuthenticationTypeChanges) {
    WebhookWish w = wish();
    w.authentication_type = AuthenticationType::bearer;
    w.token = "t1";
    w.custom_headers = std::map<std::string, std::string>{{"X-Team", "cards"}};
    const EntityId id = register_webhook(context, w).value().webhook.id;
    commit();
    w.token.reset();
    w.custom_headers.reset();
    auto changed = update_webhook(context, id, w).value();
    commit();
    EXPECT_EQ(changed.secrets.token, "t1");
    EXPECT_EQ(changed.secrets.custom_headers.at("X-Team"), "cards");
    EXPECT_EQ(changed.webhook.version, 2);
    w.authentication_type = AuthenticationType::none;
    EXPECT_EQ(update_webhook(context, id, w).value().secrets.token, "");
}

TEST_F(WebhooksTest, SecretsDoNotFollowToANewAddress) {
    const auto paths_of = [this](EntityId id, const WebhookWish& w) {
        std::vector<std::string> paths;
        const auto changed = update_webhook(context, id, w);
        if (!changed)
            for (const auto& field : changed.error().fields) paths.push_back(field.path);
        context.unit = {};
        return paths;
    };
    using Paths = std::vector<std::string>;
    WebhookWish w = wish();
    w.authentication_type = AuthenticationType::bearer;
    w.token = "t1";
    w.custom_headers = std::map<std::string, std::string>{{"X-Team", "cards"}};
    const EntityId bearer = register_webhook(context, w).value().webhook.id;
    commit();
    w.token.reset();
    w.custom_headers.reset();
    w.url = "https://BANK.example/other";
    EXPECT_EQ(paths_of(bearer, w), Paths{}) << "the same host";
    for (const char* url : {"https://evil.example/hook", "http://bank.example/hook", "https://bank.example:8443/hook",
                            "https://bank.example.evil/hook"}) {
        w.url = url;
        EXPECT_EQ(paths_of(bearer, w), (Paths{"customHeaders", "token"})) << url;
    }
    w.token = "t2";
    w.custom_headers.emplace();
    EXPECT_EQ(paths_of(bearer, w), Paths{});

    w = wish();
    w.authentication_type = AuthenticationType::o_auth_2_client_credentials;
    w.token_url = "https://login.example/token";
    w.client_id = "id";
    w.client_secret = "s";
    const EntityId oauth = register_webhook(context, w).value().webhook.id;
    commit();
    w.client_secret.reset();
    w.token_url = "https://login.example/v2/token";
    EXPECT_EQ(paths_of(oauth, w), Paths{});
    w.token_url = "https://evil.example/token";
    EXPECT_EQ(paths_of(oauth, w), (Paths{"clientSecret"}));
    w.token_url.reset();
    w.url = "https://evil.example/hook";
    EXPECT_EQ(paths_of(oauth, w), (Paths{"clientSecret"})) << "the token would go there";
}

TEST_F(WebhooksTest, ARotatedSecretOverlapsWithTheNewOne) {
    const auto made = register_webhook(context, wish()).value();
    commit();
    const auto rotated = rotate_secret(context, made.webhook.id, 24).value();
    commit();
    EXPECT_NE(rotated.secrets.signing_secret, made.secrets.signing_secret);
    EXPECT_EQ(rotated.secrets.previous_signing_secret, made.secrets.signing_secret);
    EXPECT_EQ(rotated.secrets.previous_valid_until, context.now.plus_seconds(86'400));
    EXPECT_EQ(list_webhooks(context).value().at(0).secrets.previous_signing_secret, made.secrets.signing_secret);
    const auto again = rotate_secret(context, made.webhook.id, 1);
    EXPECT_EQ(again.error().code, ErrorCode::already_exists) << "receivers may know only the first secret yet";
    EXPECT_EQ(again.error().fields.at(0).path, "overlapHours");
    const auto at_once = rotate_secret(context, made.webhook.id, 0).value();
    commit();
    EXPECT_EQ(at_once.secrets.previous_signing_secret, "");
    EXPECT_FALSE(at_once.secrets.previous_valid_until);
    context.tenant_id = {8};
    EXPECT_EQ(rotate_secret(context, made.webhook.id, 1).error().code, ErrorCode::webhook_not_found);
    EXPECT_EQ(replay_since(context, made.webhook.id, context.now).error().code, ErrorCode::webhook_not_found);
}

TEST_F(WebhooksTest, AReplayIsWidenedByAnother) {
    for (int hour = 0; hour < 10; ++hour) {
        core::event::DomainEvent event;
        event.occurred_at = clock.now().plus_seconds(hour * 3'600);
        context.unit.insert(event);
    }
    const EntityId id = register_webhook(context, wish()).value().webhook.id;
    commit();
    const auto first = replay_since(context, id, clock.now().plus_seconds(5 * 3'600)).value();
    commit();
    EXPECT_EQ(first.replay_after_sequence_no, 5);
    EXPECT_EQ(first.replay_until_sequence_no, 10);
    const auto earlier = replay_since(context, id, clock.now().plus_seconds(2 * 3'600)).value();
    commit();
    EXPECT_EQ(earlier.replay_after_sequence_no, 2);
    const auto later = replay_since(context, id, clock.now().plus_seconds(7 * 3'600)).value();
    EXPECT_EQ(later.replay_after_sequence_no, 2) << "what is still to come is not skipped";
    EXPECT_EQ(later.replay_since, clock.now().plus_seconds(2 * 3'600));
}

TEST_F(WebhooksTest, AChangeBetweenReadingAndWritingIsNoticed) {
    const EntityId id = register_webhook(context, wish()).value().webhook.id;
    commit();
    ASSERT_TRUE(update_webhook(context, id, wish()));
    ports::Unit late = std::exchange(context.unit, {});
    ASSERT_TRUE(update_webhook(context, id, wish()));
    commit();
    EXPECT_EQ(store.commit_and_wait(std::move(late)).outcome, ports::CommitOutcome::version_moved);
}

TEST_F(WebhooksTest, WhatHappenedWhileSwitchedOffIsNotSent) {
    WebhookWish w = wish();
    w.is_active = false;
    const EntityId id = register_webhook(context, w).value().webhook.id;
    commit();
    for (int i = 0; i < 3; ++i) context.unit.insert(core::event::DomainEvent{});
    commit();
    w.is_active = true;
    EXPECT_EQ(update_webhook(context, id, w).value().webhook.starts_after_sequence_no, 3);
}

TEST_F(WebhooksTest, ThereIsALimitForEachInstitution) {
    for (std::int64_t i = 0; i < webhook_count_max; ++i) {
        ASSERT_TRUE(register_webhook(context, wish()));
        commit();
    }
    EXPECT_EQ(refused(wish()), (std::vector<std::string>{"url"}));
}

TEST_F(WebhooksTest, TwoThatWantTheLastPlaceDoNotBothGetIt) {
    for (std::int64_t i = 1; i < webhook_count_max; ++i) {
        ASSERT_TRUE(register_webhook(context, wish()));
        commit();
    }
    ASSERT_TRUE(register_webhook(context, wish()));
    ports::Unit slower = std::exchange(context.unit, {});
    ASSERT_TRUE(register_webhook(context, wish()));
    commit();
    const auto outcome = store.commit_and_wait(std::move(slower));
    EXPECT_EQ(outcome.outcome, ports::CommitOutcome::conflict);
    EXPECT_TRUE(context.decide_again(outcome)) << "it is run again, and finds no place";
    EXPECT_EQ(std::ssize(store.list<Webhook>({{}, {}, 0, 1000}).value()), webhook_count_max);
    EXPECT_EQ(refused(wish()), (std::vector<std::string>{"url"}));
}

TEST_F(WebhooksTest, ResendsOneWithItsWholeSchedule) {
    const EntityId webhook = register_webhook(context, wish()).value().webhook.id;
    const EntityId dead = add_delivery(webhook, 1, 95, DeliveryState::dead);
    const EntityId queued = add_delivery(webhook, 2, 95, DeliveryState::queued);
    commit();
    ASSERT_TRUE(resend(context, dead));
    ASSERT_TRUE(resend(context, queued));
    commit();
    EXPECT_EQ(delivery(dead).state, DeliveryState::pending);
    EXPECT_EQ(delivery(dead).attempt_count, 0);
    EXPECT_EQ(delivery(dead).next_attempt_at, clock.now());
    EXPECT_EQ(delivery(queued).state, DeliveryState::queued);
    EXPECT_EQ(resend(context, EntityId{1}).error().code, ErrorCode::delivery_not_found);
    context.tenant_id = {8};
    EXPECT_EQ(resend(context, dead).error().code, ErrorCode::delivery_not_found);
}

TEST_F(WebhooksTest, ResendsAllThatFailedEachStreamInItsOrder) {
    const EntityId webhook = register_webhook(context, wish()).value().webhook.id;
    const EntityId second = add_delivery(webhook, 2, 95, DeliveryState::dead);
    const EntityId first = add_delivery(webhook, 1, 95, DeliveryState::dead);
    const EntityId other = add_delivery(webhook, 3, 96, DeliveryState::dead);
    const EntityId done = add_delivery(webhook, 4, 95, DeliveryState::delivered);
    commit();
    EXPECT_EQ(resend_failed(context, webhook, clock.now().plus_seconds(1)).value().resent_count, 0);
    EXPECT_EQ(resend_failed(context, webhook, clock.now()).value().resent_count, 3);
    commit();
    EXPECT_EQ(delivery(first).state, DeliveryState::pending);
    EXPECT_EQ(delivery(second).state, DeliveryState::queued);
    EXPECT_EQ(delivery(other).state, DeliveryState::pending);
    EXPECT_EQ(delivery(done).state, DeliveryState::delivered);
}

TEST_F(WebhooksTest, UnregisteringGivesUpWhatIsOpen) {
    const EntityId webhook = register_webhook(context, wish()).value().webhook.id;
    const EntityId open = add_delivery(webhook, 1, 95, DeliveryState::pending);
    const EntityId done = add_delivery(webhook, 2, 95, DeliveryState::delivered);
    commit();
    ASSERT_TRUE(unregister_webhook(context, webhook));
    const EntityId late = add_delivery(webhook, 3, 96, DeliveryState::queued);  // made while it went
    commit();
    for (const auto& step : context.after_commit) step();
    EXPECT_EQ(delivery(late).state, DeliveryState::dead);
    EXPECT_TRUE(list_webhooks(context).value().empty());
    EXPECT_EQ(delivery(open).state, DeliveryState::dead);
    EXPECT_EQ(delivery(open).last_error, "webhook_deleted");
    EXPECT_EQ(delivery(done).state, DeliveryState::delivered);
}

TEST_F(WebhooksTest, ListsByFilterNewestFirst) {
    const EntityId webhook = register_webhook(context, wish()).value().webhook.id;
    add_delivery(webhook, 1, 95, DeliveryState::delivered);
    const EntityId newest = add_delivery(webhook, 2, 95, DeliveryState::dead);
    commit();
    const auto all = list_deliveries(context, {}, {.limit = 1}).value();
    EXPECT_EQ(all.total_count, 2);
    EXPECT_EQ(all.rows.at(0).id, newest);
    DeliveryFilter filter;
    filter.state = DeliveryState::delivered;
    filter.webhook_id = webhook;
    filter.from = clock.now();
    EXPECT_EQ(list_deliveries(context, filter, {.limit = 10}).value().total_count, 1);
    filter.to = clock.now();
    EXPECT_EQ(list_deliveries(context, filter, {.limit = 10}).value().total_count, 0);
    context.tenant_id = {8};
    EXPECT_EQ(list_deliveries(context, {}, {.limit = 10}).value().total_count, 0);
}

}  // namespace
}  // namespace takas::app::webhooks
