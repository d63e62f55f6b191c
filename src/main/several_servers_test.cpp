// Whole servers on one store, in one process: requests reach any of them at random, every answer is right, no message
// counts twice, the books balance, and what one leaves the others take over at once.
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <map>
#include <random>
#include <thread>

#include "app/authorize/authorizer.hpp"
#include "app/cluster/forwarding.hpp"
#include "app/lane/lanes.hpp"
#include "app/ports/tables.hpp"
#include "app/system/demo_seed.hpp"
#include "app/verify/verify.hpp"
#include "main/server.hpp"
#include "store/memory/memory_store.hpp"

namespace takas::main {
namespace {

using app::ports::where;
using core::ledger::CardAccount;

constexpr std::int64_t account_count = 12;
constexpr std::int64_t credit_minor = 100'000'000;
constexpr std::int64_t first_account = 1'000'000'000, first_token = 2'000'000'000;

struct SeveralServers : testing::Test {
    std::filesystem::path folder =
        std::filesystem::path(testing::TempDir()) / ("takas_several_" + std::to_string(::getpid()) + "_" +
                                                     testing::UnitTest::GetInstance()->current_test_info()->name());
    std::shared_ptr<app::ports::Store> store = std::make_shared<store::memory::MemoryStore>();
    std::string token;

    SeveralServers() { std::filesystem::create_directories(folder); }
    ~SeveralServers() override { std::filesystem::remove_all(folder); }

    ServerOptions options(const std::string& name, int node, bool forwards) const {
        ServerOptions o;
        o.given_store = store;
        o.data_dir = folder / name;
        o.shares_store = true;
        o.forwards = forwards;
        o.node = node;
        o.demo = true;
        o.sandbox = true;
        o.delivers_webhooks = false;
        o.cluster_interval = std::chrono::milliseconds(100);
        return o;
    }

    /// Every server has the keys of the first.
    void copy_keys(const std::string& name) const {
        if (name == "first" || std::filesystem::exists(folder / name)) return;
        std::filesystem::create_directories(folder / name);
        std::filesystem::copy(folder / "first" / "keys", folder / name / "keys",
                              std::filesystem::copy_options::recursive);
    }

    std::unique_ptr<Server> start(const std::string& name, int node = any_node, bool forwards = true) {
        copy_keys(name);
        auto server = Server::start(options(name, node, forwards));
        EXPECT_TRUE(server) << server.error().internal_detail;
        if (!server) return nullptr;
        if (token.empty()) {
            token = token_of(**server);
            add_cards();
        }
        return std::move(*server);
    }

    /// Until both have heard of each other: until then each decides what it gets.
    static void meet(Server& one, Server& other) {
        const auto knows_one = [](Server& server) {
            for (std::int64_t i = 0; i < account_count; ++i)
                if (server.services().forwarding->elsewhere({first_account + i * 7'919})) return true;
            return false;
        };
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (!knows_one(one) || !knows_one(other)) {
            ASSERT_LT(std::chrono::steady_clock::now(), until);
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    }

    static std::string token_of(Server& server) {
        const auto reply = server.call({"POST",
                                        "/connect/token",
                                        {{"Content-Type", "application/x-www-form-urlencoded"}},
                                        "grant_type=password&client_id=demo&username=demo&password=demo"});
        EXPECT_EQ(reply.status, 200) << reply.body;
        return text_of(reply.body, "access_token");
    }

    /// The text or number behind "name": in an answer.
    static std::string text_of(const std::string& body, const std::string& name) {
        const auto key = body.find('"' + name + "\":");
        if (key == std::string::npos) return {};
        auto begin = key + name.size() + 3;
        if (body[begin] == '"') ++begin;
        return body.substr(begin, body.find_first_of("\",}", begin) - begin);
    }

    void add_cards() {
        const auto tenant =
            store->find<core::identity::Tenant>({where<&core::identity::Tenant::code>(std::string_view("demo"))});
        ASSERT_TRUE(tenant && *tenant);
        app::ports::Unit unit;
        for (std::int64_t i = 0; i < account_count; ++i) {
            CardAccount account;
            account.tenant_id = (*tenant)->tenant_id;
            account.account_id = {first_account + i * 7'919};
            account.currency = {949};
            account.credit_limit_minor = credit_minor;
            core::card::Card card;
            card.tenant_id = account.tenant_id;
            card.account_id = account.account_id;
            card.token_id = {first_token + i};
            card.status = core::card::CardStatus::active;
            card.expire_date = {6001};
            unit.insert(account);
            unit.insert(card);
            unit.insert(core::card::CardNumber{
                Blob{"hash " + std::to_string(i)}, card.tenant_id, card.account_id, card.token_id, {}, i});
        }
        ASSERT_EQ(store->commit_and_wait(std::move(unit)).outcome, app::ports::CommitOutcome::committed);
    }

    using Headers = std::vector<std::pair<std::string, std::string>>;
    net::HttpResponse post(Server& server, const std::string& path, std::string body, Headers headers = {}) const {
        headers.emplace_back("Content-Type", "application/json");
        headers.emplace_back("Authorization", "Bearer " + token);
        return server.call({"POST", path, std::move(headers), std::move(body)});
    }
    /// 1.00 in the shop; `trace` names the message, "" leaves that to the server.
    static std::string purchase_body(std::int64_t card, const std::string& trace = {}) {
        return R"({"transactionCode":"Purchase","transactionAmount":1.00,"transactionCurrency":949,"mcc":5812,)"
               R"("posEntryMode":"Chip","tokenId":)" +
               std::to_string(first_token + card) + trace + "}";
    }
    net::HttpResponse purchase(Server& server, std::int64_t card, const std::string& trace = {}) const {
        return post(server, "/api/v1/sandbox/transaction", purchase_body(card, trace));
    }

    std::int64_t held_minor() const {
        std::int64_t sum = 0;
        const auto accounts = store->list<CardAccount>({{}, {}, 0, 1000});
        for (const CardAccount& account : *accounts) sum += account.held_minor;
        return sum;
    }
    void expect_sound_books() const {
        const auto report = app::verify::verify(*store, [](std::string_view, std::int64_t) {});
        ASSERT_TRUE(report);
        EXPECT_TRUE(report->sound()) << app::verify::to_text(*report);
    }
};

/// What some clients at once saw.
struct Tally {
    std::atomic<int> approved = 0, unavailable = 0, other = 0, forwarded = 0;
    void add(const net::HttpResponse& reply) {
        const bool is_approved = reply.status == 200 && reply.body.find(R"("isSuccess":true)") != std::string::npos;
        ++(is_approved ? approved : reply.status == 503 ? unavailable : other);
        for (const auto& [name, value] : reply.headers) forwarded += name == "Takas-Owner";
    }
};

void at_once(int clients, const std::function<void(int, std::mt19937&)>& client) {
    std::vector<std::jthread> threads;
    for (int i = 0; i < clients; ++i)
        threads.emplace_back([&client, i] {
            std::mt19937 random(static_cast<unsigned>(i));
            client(i, random);
        });
}

TEST_F(SeveralServers, AnyRequestMayReachAnyServer) {
    const auto first = start("first"), second = start("second");
    meet(*first, *second);
    Tally tally;
    at_once(8, [&](int, std::mt19937& random) {
        for (int i = 0; i < 60; ++i)
            tally.add(
                purchase(random() % 2 == 0 ? *first : *second, static_cast<std::int64_t>(random() % account_count)));
    });
    EXPECT_EQ(tally.approved, 480);
    EXPECT_EQ(tally.other + tally.unavailable, 0);
    EXPECT_GT(tally.forwarded, 120) << "about half of them";
    EXPECT_EQ(held_minor(), 480 * 100);
    const auto retried = [](Server& server) { return server.services().lanes.statistics().retried; };
    EXPECT_EQ(retried(*first) + retried(*second), 0U) << "each account was decided by one server";
    expect_sound_books();
}

TEST_F(SeveralServers, TheSameMessageToBothCountsOnce) {
    const auto first = start("first"), second = start("second");
    Tally tally;
    std::map<std::string, std::atomic<int>> ids;
    std::mutex mutex;
    at_once(8, [&](int, std::mt19937& random) {
        for (int i = 0; i < 40; ++i) {
            const std::string trace = R"(,"stan":")" + std::to_string(100'000 + i) +
                                      R"(","localTransactionTime":"2031-03-01T13:00:00+03:00","terminalNo":"T1")";
            const auto reply = purchase(random() % 2 == 0 ? *first : *second, i % account_count, trace);
            tally.add(reply);
            const std::lock_guard lock(mutex);
            ++ids[text_of(reply.body, "transactionId")];
        }
    });
    EXPECT_EQ(tally.approved, 320);
    EXPECT_EQ(ids.size(), 40U);
    EXPECT_EQ(held_minor(), 40 * 100);
    expect_sound_books();
}

TEST_F(SeveralServers, TwinsUnderOneIdempotencyKeyCountOnce) {
    const auto first = start("first"), second = start("second");
    meet(*first, *second);
    std::atomic<int> approved = 0;
    at_once(8, [&](int client, std::mt19937&) {
        for (int i = 0; i < 20; ++i) {
            const auto reply = (client % 2 == 0 ? *first : *second)
                                   .call({"POST",
                                          "/api/v1/sandbox/transaction",
                                          {{"Content-Type", "application/json"},
                                           {"Authorization", "Bearer " + token},
                                           {"Idempotency-Key", "twin-" + std::to_string(i)}},
                                          purchase_body(i % account_count)});
            EXPECT_TRUE(reply.status == 200 || reply.status == 409) << reply.status << reply.body;
            approved += reply.status == 200;
        }
    });
    EXPECT_GE(approved, 20);
    EXPECT_EQ(held_minor(), 20 * 100);
    expect_sound_books();
}

/// Whatever headers a client makes up: what only a server of the installation may say is not believed.
TEST_F(SeveralServers, TwinsOfVoidsAndRefundsCountOnceWhateverHeadersSay) {
    const auto first = start("first"), second = start("second");
    meet(*first, *second);
    const std::string path = "/api/v1/sandbox/transaction";
    const auto twins = [&](const std::string& to, const std::string& body, const Headers& headers) {
        std::atomic<int> done = 0;
        at_once(4, [&](int client, std::mt19937&) {
            const auto reply = post(client % 2 == 0 ? *first : *second, to, body, headers);
            EXPECT_TRUE(reply.status == 200 || reply.status == 409) << reply.status << reply.body;
            done += reply.status == 200 && reply.body.find(R"("isSuccess":true)") != std::string::npos;
        });
        EXPECT_GE(done, 1);
    };
    int round = 0;
    for (const Headers& made_up :
         {Headers{}, Headers{{"Takas-Forwarded", "1"}, {"Takas-Trace", "000001,000000000001,5"}}}) {
        for (std::int64_t card = 0; card < account_count; ++card) {
            Headers headers = made_up;
            headers.emplace_back("Idempotency-Key", "key-" + std::to_string(++round));
            const auto with = [&](const std::string& suffix) {
                Headers more = headers;
                more.back().second += suffix;
                return more;
            };
            const auto bought = post(*first, path, purchase_body(card), with("-buy"));
            const std::string id = text_of(bought.body, "transactionId");
            twins(path, purchase_body(card), with("-twin"));
            twins(path + "/void", R"({"reversalType":"PartialReversal","amount":0.40,"transactionId":)" + id + "}",
                  with("-part"));
            twins(path + "/refund",
                  R"({"amount":2.00,"currency":949,"tokenId":)" + std::to_string(first_token + card) + "}",
                  with("-refund"));
        }
        EXPECT_EQ(held_minor(), round * (100 + 60));
        std::int64_t posted = 0;
        for (const CardAccount& account : *store->list<CardAccount>({{}, {}, 0, 1000})) posted += account.posted_minor;
        EXPECT_EQ(posted, round * 200);
    }
    const auto forged = post(*first, path, purchase_body(0), {{"Takas-Forwarded", "1900000000.1.00"}});
    EXPECT_EQ(forged.status, 403) << forged.body;
    expect_sound_books();
}

TEST_F(SeveralServers, WhatOneLeavesTheOtherServesAtOnce) {
    const auto first = start("first");
    auto second = start("second");
    meet(*first, *second);
    Tally tally;
    std::atomic<int> sent = 0;
    {
        std::jthread end([&] {
            while (sent < 200) std::this_thread::yield();
            second.reset();
        });
        at_once(8, [&](int, std::mt19937& random) {
            for (int i = 0; i < 100; ++i, ++sent)
                tally.add(purchase(*first, static_cast<std::int64_t>(random() % account_count)));
        });
    }
    EXPECT_EQ(tally.approved, 800) << tally.unavailable << " unavailable, " << tally.other << " other";
    EXPECT_GT(tally.forwarded, 50);
    EXPECT_EQ(held_minor(), 800 * 100);
    const auto began = std::chrono::steady_clock::now();
    for (std::int64_t card = 0; card < account_count; ++card) EXPECT_EQ(purchase(*first, card).status, 200);
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(2));
    expect_sound_books();
}

TEST_F(SeveralServers, WithoutForwardingVersionsKeepTheBooksRight) {
    const auto first = start("first", 0, false), second = start("second", 1, false);
    Tally tally;
    at_once(8, [&](int, std::mt19937& random) {
        for (int i = 0; i < 60; ++i) tally.add(purchase(random() % 2 == 0 ? *first : *second, 0));
    });
    EXPECT_EQ(tally.forwarded, 0);
    EXPECT_EQ(tally.other, 0);
    EXPECT_EQ(tally.approved + tally.unavailable, 480);
    EXPECT_EQ(held_minor(), tally.approved * 100) << "every answer is true";
    const auto statistics = [](Server& server) { return server.services().lanes.statistics(); };
    const auto retried = statistics(*first).retried + statistics(*second).retried;
    RecordProperty("retries_per_request", std::to_string(static_cast<double>(retried) / 480));
    RecordProperty("unavailable", tally.unavailable);
    expect_sound_books();
}

TEST_F(SeveralServers, ADeclineStandsOnWhatTheOtherServerKnows) {
    const auto first = start("first", 0, false), second = start("second", 1, false);
    // Nearly all of the credit, so that one more purchase does not fit: at the second, which then remembers the
    // account.
    const auto spend = [&](Server& server, const std::string& amount) {
        return post(server, "/api/v1/sandbox/transaction",
                    R"({"transactionCode":"Purchase","transactionCurrency":949,"mcc":5812,"posEntryMode":"Chip",)"
                    R"("tokenId":)" +
                        std::to_string(first_token) + R"(,"transactionAmount":)" + amount + "}");
    };
    const auto large = spend(*second, "999999.00");
    EXPECT_NE(large.body.find(R"("isSuccess":true)"), std::string::npos) << large.body;
    EXPECT_NE(spend(*second, "5.00").body.find(R"("isSuccess":false)"), std::string::npos);
    const auto voided = post(*first, "/api/v1/sandbox/transaction/void",
                             R"({"transactionId":)" + text_of(large.body, "transactionId") + "}");
    EXPECT_EQ(voided.status, 200) << voided.body;
    const auto after = spend(*second, "5.00");
    EXPECT_NE(after.body.find(R"("isSuccess":true)"), std::string::npos) << after.body;
    expect_sound_books();
}

TEST_F(SeveralServers, VoidsAndRefundsGoToTheOwnerToo) {
    const auto first = start("first"), second = start("second");
    meet(*first, *second);
    int forwarded = 0;
    for (std::int64_t card = 0; card < account_count; ++card) {
        const std::string id = text_of(purchase(*first, card).body, "transactionId");
        Tally tally;
        tally.add(post(card % 2 == 0 ? *first : *second, "/api/v1/sandbox/transaction/void",
                       R"({"transactionId":)" + id + "}"));
        tally.add(post(*second, "/api/v1/sandbox/transaction/refund",
                       R"({"amount":2.00,"currency":949,"tokenId":)" + std::to_string(first_token + card) + "}"));
        EXPECT_EQ(tally.approved, 2);
        forwarded += tally.forwarded;
    }
    EXPECT_GT(forwarded, 0);
    EXPECT_EQ(held_minor(), 0);
    expect_sound_books();
}

TEST_F(SeveralServers, ANumberBelongsToOneServerAtATime) {
    auto first = start("first", 4);
    EXPECT_EQ(first->node(), 4);
    auto second = start("second");
    EXPECT_NE(second->node(), 4);
    copy_keys("third");
    const auto refused = Server::start(options("third", 4, true));
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().internal_detail.find("node 4 is used"), std::string::npos);
    first.reset();
    EXPECT_EQ(start("third", 4)->node(), 4);
}

}  // namespace
}  // namespace takas::main
