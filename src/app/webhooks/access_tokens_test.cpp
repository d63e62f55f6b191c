#include "app/webhooks/access_tokens.hpp"

#include <gtest/gtest.h>

#include "base/encoding.hpp"

namespace takas::app::webhooks {
namespace {

struct Receiver final : ports::WebhookSender {
    struct Call {
        ports::WebhookRequest request;
        Done done;
        std::string header(std::string_view name) const {
            for (const auto& [key, value] : request.headers)
                if (key == name) return value;
            return {};
        }
    };
    std::vector<Call> waiting;
    void send(ports::WebhookRequest request, Done done) override {
        waiting.push_back({std::move(request), std::move(done)});
    }
    Call answer(ports::WebhookReply reply) {
        Call call = std::move(waiting.at(0));
        waiting.erase(waiting.begin());
        call.done(std::move(reply));
        return call;
    }
    Call give_token(const std::string& token, int expires_in) {
        return answer({200,
                       "",
                       {},
                       R"({"access_token":")" + token + R"(","token_type":"Bearer","expires_in":)" +
                           std::to_string(expires_in) + "}"});
    }
};

struct AccessTokensTest : testing::Test {
    Receiver receiver;
    AccessTokens tokens{receiver};
    core::webhook::Webhook webhook;
    WebhookSecrets secrets;
    Instant now = parse_instant("2031-03-01T10:00:00Z").value();
    std::vector<ports::WebhookReply> replies;

    AccessTokensTest() {
        webhook.id = EntityId{5};
        secrets.token_url = "https://login.example/token";
        secrets.client_id = "takas client";
        secrets.client_secret = "a:b/ü";
        secrets.scope = "events write";
    }
    void send(const std::string& body) {
        ports::WebhookRequest request;
        request.url = "https://one.example/hook";
        request.body = body;
        tokens.send(webhook, secrets, std::move(request), now,
                    [this](ports::WebhookReply reply) { replies.push_back(std::move(reply)); });
    }
};

TEST_F(AccessTokensTest, OneTokenServesAllUntilItEnds) {
    send("1");
    send("2");
    ASSERT_EQ(receiver.waiting.size(), 1U) << "one request for a token, whoever waits";
    const auto asked = receiver.give_token("t1", 300);
    EXPECT_EQ(asked.request.url, secrets.token_url);
    EXPECT_TRUE(asked.request.wants_body);
    EXPECT_EQ(asked.request.body, "grant_type=client_credentials&scope=events+write");
    EXPECT_EQ(asked.header("Authorization"), "Basic " + base64_encode(bytes_of("takas+client:a%3Ab%2F%C3%BC")));
    ASSERT_EQ(receiver.waiting.size(), 2U);
    EXPECT_EQ(receiver.answer({200, "", {}}).header("Authorization"), "Bearer t1");
    EXPECT_EQ(receiver.answer({500, "", {}}).request.body, "2");
    EXPECT_EQ(replies.at(1).status, 500);

    now = now.plus_seconds(269);
    send("3");
    EXPECT_EQ(receiver.answer({200, "", {}}).header("Authorization"), "Bearer t1");
    now = now.plus_seconds(2);
    send("4");
    EXPECT_EQ(receiver.give_token("t2", 60).request.url, secrets.token_url);
    EXPECT_EQ(receiver.answer({200, "", {}}).header("Authorization"), "Bearer t2");
}

TEST_F(AccessTokensTest, AReceiverThatRefusesTheTokenGetsAFreshOneNextTime) {
    send("1");
    receiver.give_token("t1", 3'600);
    receiver.answer({401, "", {}});
    EXPECT_EQ(replies.at(0).status, 401);
    send("2");
    EXPECT_EQ(receiver.give_token("t2", 3'600).request.url, secrets.token_url);
    EXPECT_EQ(receiver.answer({200, "", {}}).header("Authorization"), "Bearer t2");
}

TEST_F(AccessTokensTest, ChangedCredentialsTakeNoOldToken) {
    send("1");
    receiver.give_token("t1", 3'600);
    receiver.answer({200, "", {}});
    ++webhook.version;
    send("2");
    EXPECT_EQ(receiver.waiting.at(0).request.url, secrets.token_url);
}

TEST_F(AccessTokensTest, WithoutATokenTheAttemptFails) {
    send("1");
    receiver.answer({0, "timeout", {}});
    send("2");
    receiver.answer({400, "", {}, R"({"error":"invalid_client"})"});
    send("3");
    receiver.answer({200, "", {}, R"({"access_token":"a b","token_type":"Bearer"})"});
    send("4");
    receiver.answer({0, ports::sender_closed, {}});
    ASSERT_EQ(replies.size(), 4U);
    for (const auto& reply : replies) EXPECT_EQ(reply.status, 0);
    EXPECT_EQ(replies[0].error, "oauth_timeout");
    EXPECT_EQ(replies[1].error, "oauth_refused");
    EXPECT_EQ(replies[2].error, "oauth_bad_answer");
    EXPECT_EQ(replies[3].error, ports::sender_closed);
    EXPECT_TRUE(receiver.waiting.empty());
}

TEST(AccessToken, IsReadStrictly) {
    EXPECT_EQ(parse_access_token(R"({"access_token":"x","token_type":"bEARER"})").value().lifetime_s, 270);
    EXPECT_EQ(parse_access_token(R"({"access_token":"x","token_type":"Bearer","expires_in":1})").value().lifetime_s, 0);
    const auto lifetime = [](const std::string& expires_in) {
        return parse_access_token(R"({"access_token":"x","token_type":"Bearer","expires_in":)" + expires_in + '}')
            .value_or(AccessToken{"", -1})
            .lifetime_s;
    };
    EXPECT_EQ(lifetime(R"("3600")"), 3'570);
    EXPECT_EQ(lifetime("3599.5"), 3'569);
    EXPECT_EQ(lifetime("0"), 0);
    EXPECT_EQ(lifetime("-5"), 0);
    EXPECT_EQ(lifetime("99999999999999999999"), 86'370);
    EXPECT_EQ(lifetime(R"("soon")"), 270) << "as if nothing had been said";
    EXPECT_EQ(lifetime("null"), 270);
    EXPECT_FALSE(parse_access_token(R"({"access_token":"x","token_type":"mac"})"));
    EXPECT_FALSE(parse_access_token(R"({"access_token":"","token_type":"Bearer"})"));
    EXPECT_FALSE(parse_access_token("not json"));
}

}  // namespace
}  // namespace takas::app::webhooks
