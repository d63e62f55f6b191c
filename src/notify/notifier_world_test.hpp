// The notifier on the memory store, with a clock that stands still until it is told to move, dice without jitter and a
// sender that answers when the test says so.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>

#include "app/ports/tables.hpp"
#include "app/webhooks/signature.hpp"
#include "app/webhooks/webhook_secrets.hpp"
#include "core/identity/identity.hpp"
#include "crypto/keyring.hpp"
#include "notify/notifier.hpp"
#include "store/memory/memory_store.hpp"

namespace takas::notify {

using app::ports::where;
using app::webhooks::contract_signature;
using app::webhooks::standard_signature;
using core::event::DomainEvent;
using core::event::EventKind;
using core::webhook::DeliveryState;
using core::webhook::FanOutCursor;
using core::webhook::Webhook;
using core::webhook::WebhookDelivery;

struct StoppedClock final : app::ports::Clock {
    Instant time = parse_instant("2031-03-01T10:00:00Z").value();
    Instant now() const override { return time; }
};

/// Every number is in the middle: retries come without jitter.
struct MiddleRandom final : app::ports::Random {
    void fill(std::span<std::uint8_t> out) override {
        std::ranges::fill(out, std::uint8_t{0});
        out.back() = 0x80;
    }
};

struct Receiver final : app::ports::WebhookSender {
    struct Call {
        app::ports::WebhookRequest request;
        Done done;
        std::string header(std::string_view name) const {
            for (const auto& [key, value] : request.headers)
                if (key == name) return value;
            return {};
        }
    };
    std::vector<Call> waiting;

    void send(app::ports::WebhookRequest request, Done done) override {
        waiting.push_back({std::move(request), std::move(done)});
    }
    /// Answers the oldest request and gives it back.
    Call answer(int status, std::optional<std::string> retry_after = {}) {
        Call call = std::move(waiting.at(0));
        waiting.erase(waiting.begin());
        call.done({status, status == 0 ? "timeout" : "", std::move(retry_after)});
        return call;
    }
};

inline constexpr TenantId tenant{7};
inline constexpr const char* secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

struct NotifierTest : testing::Test {
    store::memory::MemoryStore store;
    StoppedClock clock;
    MiddleRandom random;
    app::ids::IdSource ids{clock, 0};
    app::catalog::Catalog catalog{store};
    crypto::Keyring keyring = crypto::Keyring::generate(Instant{0});
    app::secrets::SecretBox box{keyring};
    Receiver receiver;
    std::unique_ptr<Notifier> notifier = started(0);

    NotifierTest() {
        core::identity::Tenant row;
        row.tenant_id = tenant;
        row.tenant_uuid = "00000000-0000-0000-0000-000000000007";
        row.code = "demo";
        row.is_demo = true;
        app::ports::Unit unit;
        unit.insert(row);
        commit(std::move(unit));
        EXPECT_TRUE(catalog.refresh());
    }

    std::unique_ptr<Notifier> started(std::int32_t node) {
        const NotifierDoors doors{store, clock, random, ids, catalog, box, receiver};
        return std::make_unique<Notifier>(doors, NotifierOptions{.node = node});
    }

    void commit(app::ports::Unit unit) {
        EXPECT_EQ(store.commit_and_wait(std::move(unit)).outcome, app::ports::CommitOutcome::committed);
    }

    template <class Record>
    void save(Record record) {
        app::ports::Unit unit;
        unit.upsert(std::move(record));
        commit(std::move(unit));
    }

    Webhook subscribe(std::vector<std::string> names = {"*"}, std::string url = "https://one.example/hook",
                      app::webhooks::WebhookSecrets secrets = {}) {
        Webhook webhook;
        webhook.tenant_id = tenant;
        webhook.id = ids.next<EntityId>();
        webhook.event_names = std::move(names);
        webhook.url = std::move(url);
        secrets.signing_secret = secret;
        if (!secrets.token_url.empty())
            webhook.authentication_type = core::webhook::AuthenticationType::o_auth_2_client_credentials;
        EXPECT_TRUE(app::webhooks::seal(box, secrets, webhook));
        save(webhook);
        return webhook;
    }

    void happen(std::int64_t stream, EventKind kind = EventKind::card_created, TenantId owner = tenant) {
        DomainEvent event;
        event.tenant_id = owner;
        event.kind = kind;
        event.stream_id = stream;
        event.payload = R"({"CardTokenId":)" + std::to_string(stream) + "}";
        event.occurred_at = clock.time;
        app::ports::Unit unit;
        unit.insert(std::move(event));
        commit(std::move(unit));
    }

    void run() {
        for (int i = 0; i < 100 && notifier->step(); ++i) continue;
        notifier->step();
    }
    void pass(std::int64_t seconds) {
        clock.time = clock.time.plus_seconds(seconds);
        run();
    }

    std::vector<WebhookDelivery> deliveries() {
        return store.list<WebhookDelivery>({{}, {{"event_sequence_no"}}, 0, 1000}).value();
    }
    WebhookDelivery only_delivery() {
        const auto rows = deliveries();
        EXPECT_EQ(rows.size(), 1U);
        return rows.at(0);
    }
};

}  // namespace takas::notify
