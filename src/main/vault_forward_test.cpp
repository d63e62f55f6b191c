// Sending cards on through a whole server: what the caller and the audit are told of each way a call can end.
#include <gtest/gtest.h>

#include <mutex>
#include <thread>

#include "app/ports/tables.hpp"
#include "app/vault/cards.hpp"
#include "app/vault/forward.hpp"
#include "app/vault/merchants.hpp"
#include "app/vault/temp_cards.hpp"
#include "base/encoding.hpp"
#include "main/server.hpp"
#include "main/vault_shop_test.hpp"
#include "protocol/json/codec.hpp"

namespace takas::main {
namespace {

using namespace app::vault;
using app::ports::ReplyBody;
using app::ports::WebhookReply;
using app::ports::where;

/// Keeps what it is to send; answers from a thread of its own, as the outbound client does.
class TestReceiver final : public app::ports::WebhookSender {
  public:
    void send(app::ports::WebhookRequest request, Done done) override {
        const std::lock_guard lock(mutex);
        requests.push_back(std::move(request));
        threads.emplace_back([reply = reply, done = std::move(done)]() mutable { done(std::move(reply)); });
    }
    std::mutex mutex;
    std::vector<app::ports::WebhookRequest> requests;
    WebhookReply reply;
    std::vector<std::jthread> threads;
};

struct VaultForwardTest : testing::Test, VaultShop {
    TestReceiver receiver;
    CreatedCredential pair;

    VaultForwardTest() {
        ServerOptions o;
        o.store = StoreKind::memory;
        o.given_store = store;
        o.listens = o.does_chores = false;
        o.webhook_sender = &receiver;
        o.demo = o.sandbox = true;
        auto started = Server::start(o);
        EXPECT_TRUE(started) << started.error().internal_detail;
        server = std::move(*started);
        MerchantWish wish;
        wish.forward_hosts = {{"pay.bank.example"}};
        const EntityId merchant_id = make_merchant("m1", wish);
        using enum CredentialScope;
        pair = make_credential(merchant_id, {CredentialKind::private_pair, {resolve, forward}, {}, {}});
        become(merchant_id);
    }
    net::HttpResponse wall(const std::string& path, const std::string& body) const {
        return server->call({"POST",
                             path,
                             {{"Content-Type", "application/json"},
                              {"apikeyprivate", pair.credential.key_id},
                              {"apiclientprivate", pair.secret},
                              {"locale", "en"}},
                             body});
    }
    net::HttpResponse forward(const std::string& source, const std::string& reference,
                              const std::string& body = R"({\"pan\":\"{{card.number}}\"})") const {
        return wall("/paywall/card/forward", "{" + source + R"(,"Reference":")" + reference +
                                                 R"(","Url":"https://pay.bank.example/pay","Body":")" + body + "\"}");
    }
    static std::string source_of(const StoredCard& card) {
        return R"("RelationalId1":"u1","UniqueCode":")" + card.unique_code + '"';
    }
    static std::string source_of(const std::string& token) { return R"("TempCardToken":")" + token + '"'; }

    /// What the audit says of a reference, in order.
    std::vector<std::string> told_of(const std::string& reference) const {
        std::vector<std::string> out;
        using core::audit::AuditRecord;
        const auto records = store->list<AuditRecord>({{}, {{"id"}}, 0, 10'000});
        for (const AuditRecord& record : *records) {
            std::string line;
            bool is_of_it = false;
            for (const auto& change : record.property_changes) {
                is_of_it |= change.property_name == "reference" && change.new_value == reference;
                if (change.property_name != "reference") line += change.new_value.value_or("") + '|';
            }
            if (is_of_it) out.push_back(line);
        }
        return out;
    }
};

bool has(const net::HttpResponse& reply, std::string_view text) { return reply.body.find(text) != std::string::npos; }

TEST_F(VaultForwardTest, WithoutAWholeAnswerTheOutcomeIsUnknown) {
    struct Case {
        WebhookReply reply;
        std::string told, message;
    };
    const std::string part = R"({"approved":)";
    const Case cases[] = {
        {{200, "reset", {}, part, ReplyBody::cut_off}, "reset", "not to its end"},
        {{200, "timeout", {}, part, ReplyBody::cut_off}, "timeout", "not to its end"},
        {{0, "timeout", {}, {}, ReplyBody::cut_off}, "timeout", "did not come"},
        {{200, "", {}, part, ReplyBody::cut_off}, "cut_off", "not to its end"},
        {{200, "", {}, part, ReplyBody::too_large}, "answer_too_large", "longer than 65536"},
        {{200, "", {}, part, ReplyBody::encoded}, "answer_encoded", "compressed"},
        {{0, "", {}, part, ReplyBody::whole}, "no_answer", "did not come"},
        {{502, "bad_response", {}, part, ReplyBody::cut_off}, "bad_response", "not to its end"},
    };
    const StoredCard card = make_card();
    int number = 0;
    for (const Case& one : cases) {
        receiver.reply = one.reply;
        const std::string reference = "f" + std::to_string(++number);
        const auto reply = forward(source_of(card), reference);
        EXPECT_EQ(reply.status, 503) << one.told;
        EXPECT_TRUE(has(reply, R"("ErrorCode":88)")) << reply.body;
        EXPECT_TRUE(has(reply, one.message)) << reply.body;
        EXPECT_FALSE(has(reply, "approved")) << reply.body;
        EXPECT_EQ(told_of(reference),
                  (std::vector<std::string>{"forward|pay.bank.example|",
                                            "forwarded|pay.bank.example|unknown: " + one.told + "|"}));
        EXPECT_TRUE(has(forward(source_of(card), reference), R"("ErrorCode":392)")) << "it may have been received";
    }
    EXPECT_EQ(receiver.requests.size(), std::size(cases));
}

TEST_F(VaultForwardTest, WhatWasNotSentIsToldSo) {
    const StoredCard card = make_card();
    receiver.reply = {0, "connect", {}, {}, ReplyBody::cut_off, false};
    const auto failed = forward(source_of(card), "f1");
    EXPECT_EQ(failed.status, 200);
    EXPECT_TRUE(has(failed, R"("ErrorCode":1,)")) << failed.body;
    EXPECT_TRUE(has(failed, "nothing was sent")) << failed.body;
    EXPECT_EQ(told_of("f1").back(), "forwarded|pay.bank.example|not sent: connect|");
    receiver.reply.error = "refused_address";
    EXPECT_TRUE(has(forward(source_of(card), "f2"), R"("ErrorCode":2,)"));
    EXPECT_EQ(told_of("f2").back(), "forwarded|pay.bank.example|not sent: refused_address|");
}

TEST_F(VaultForwardTest, AnEmptyAnswerIsAnAnswer) {
    receiver.reply = {204, "", {}, {}};
    const auto reply = forward(source_of(make_card()), "f1");
    EXPECT_TRUE(has(reply, R"("Status":204)")) << reply.body;
    EXPECT_TRUE(has(reply, R"("ErrorCode":0)")) << reply.body;
    EXPECT_EQ(told_of("f1").back(), "forwarded|pay.bank.example|answered 204|");
}

TEST_F(VaultForwardTest, TheAnswerComesWithoutTheCardHoweverItIsWritten) {
    const std::string echo = R"({"pan":"5528790000000008","cvv":"739"})";
    receiver.reply = {201, "", {}, "{\"echo\":\"" + base64_encode(bytes_of(echo)) + "\",\"cvv\":739}"};
    const auto reply =
        wall("/paywall/card/forward", "{" + source_of(make_temporary("739").token) +
                                          R"(,"Reference":"f1","Url":"https://pay.bank.example/pay","ContentType":)"
                                          R"("application/json; charset=UTF-8","Body":"{{card.number}}{{card.cvv}}"})");
    EXPECT_TRUE(has(reply, R"("Status":201)")) << reply.body;
    EXPECT_FALSE(has(reply, base64_encode(bytes_of(pan)).substr(4, 12))) << reply.body;
    EXPECT_FALSE(has(reply, "739")) << reply.body;
    ASSERT_EQ(receiver.requests.size(), 1U);
    const auto& sent = receiver.requests.front();
    EXPECT_EQ(sent.body, std::string(pan) + "739");
    const auto sent_header = [&](std::string_view name) {
        std::string all;
        for (const auto& [key, value] : sent.headers)
            if (key == name) all += value + '|';
        return all;
    };
    EXPECT_EQ(sent_header("Accept-Encoding"), "identity|");
    EXPECT_EQ(sent_header("Content-Type"), "application/json; charset=utf-8|");
}

TEST_F(VaultForwardTest, WhatIsRefusedUsesNothingUp) {
    const std::string token = make_temporary("739").token;
    const std::string url = R"("Url":"https://pay.bank.example/pay")", body = R"("Body":"{{card.cvv}}")";
    const std::string refused[] = {
        R"("Url":"https://other.example/pay",)" + body,
        R"("Url":"http://pay.bank.example/pay",)" + body,
        R"("Url":"https://pay.bank.example:25/pay",)" + body,
        R"("Url":"https://a@pay.bank.example/pay",)" + body,
        R"("Url":"https://pay.bank.example/pay#x",)" + body,
        R"("Url":"https://pay.bank.example/{{card.number}}",)" + body,
        url + R"(,"ContentType":"text/plain",)" + body,
        url + R"(,"Headers":[{"Name":"Accept-Encoding","Value":"gzip"}],)" + body,
        url + R"(,"Headers":[{"Name":"X-Own","Value":"{{card.cvv}}"}],)" + body,
        url + R"(,"Headers":[{"Name":"X Own","Value":"x"}],)" + body,
        url + R"(,"TimeoutMs":0,)" + body,
        url + R"(,"Body":"{{card.pin}}")",
        url + R"(,"Body":"{{card.identity}}")",
        url + R"(,"Body":"{{card.number")",
        url + R"(,"Body":")" + std::string(65'537, 'x') + '"',
    };
    for (const std::string& rest : refused) {
        const auto reply = wall("/paywall/card/forward", "{" + source_of(token) + R"(,"Reference":"f1",)" + rest + "}");
        EXPECT_TRUE(has(reply, R"("ErrorCode":2,)")) << rest.substr(0, 200) << reply.body;
    }
    EXPECT_TRUE(receiver.requests.empty());
    EXPECT_TRUE(told_of("f1").empty());
    receiver.reply = {200, "", {}, "ok"};
    EXPECT_TRUE(has(forward(source_of(token), "f1", "{{card.cvv}}"), R"("ErrorCode":0)"));
    ASSERT_EQ(receiver.requests.size(), 1U);
    EXPECT_EQ(receiver.requests.front().body, "739");
}

TEST_F(VaultForwardTest, ManySendOneCardAndTheAuditKnowsAll) {
    constexpr int callers = 16;
    receiver.reply = {200, "", {}, "ok"};
    const std::string source = source_of(make_card());
    std::atomic<int> successes = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < callers; ++i)
        threads.emplace_back([&, i] {
            if (has(forward(source, "f" + std::to_string(i)), R"("ErrorCode":0)")) ++successes;
        });
    threads.clear();
    EXPECT_EQ(successes, callers);
    for (int i = 0; i < callers; ++i) EXPECT_EQ(told_of("f" + std::to_string(i)).size(), 2U) << i;
}

}  // namespace
}  // namespace takas::main
