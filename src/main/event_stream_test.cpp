// The event stream as a client of the whole server sees it: over a socket, with real commits, losing its connection.
#include <gtest/gtest.h>

#include <chrono>

#include "main/server.hpp"
#include "net/raw_client_test_support.hpp"

namespace takas::main {
namespace {

struct EventStreamTest : testing::Test {
    std::unique_ptr<Server> server;
    std::string token;

    EventStreamTest() {
        ServerOptions options;
        options.store = StoreKind::memory;
        options.demo = true;
        options.does_chores = false;
        auto started = Server::start(options);
        EXPECT_TRUE(started);
        server = std::move(*started);
        token = token_of("grant_type=password&client_id=demo&username=demo&password=demo");
    }

    std::string token_of(const std::string& form) {
        const auto reply =
            server->call({"POST", "/connect/token", {{"Content-Type", "application/x-www-form-urlencoded"}}, form});
        const auto at = reply.body.find(R"("access_token":")") + 16;
        return reply.body.substr(at, reply.body.find('"', at) - at);
    }

    void create_customer(const std::string& number) {
        const auto reply = server->call(
            {"POST",
             "/api/v1/issuing/customer",
             {{"Content-Type", "application/json"}, {"Authorization", "Bearer " + token}},
             R"({"type":"Individual","customerNo":")" + number + R"(","name":"Ayşe","surname":"Yılmaz"})"});
        EXPECT_EQ(reply.status, 200) << reply.body;
    }

    std::string request(const std::string& more) const {
        return "GET /api/v1/issuing/event HTTP/1.1\r\nHost: h\r\nAccept: text/event-stream\r\nAuthorization: Bearer " +
               token + "\r\n" + more + "\r\n";
    }

    /// The id line before the event that holds `text`.
    static std::string id_of(const std::string& received) {
        const auto at = received.rfind("id: ", received.rfind("event: "));
        return received.substr(at + 4, received.find('\n', at) - at - 4);
    }
};

TEST_F(EventStreamTest, FollowsAndGoesOnWhereItWas) {
    create_customer("first");
    std::string seen;
    {
        net::RawClient client(server->http_port());
        client.send(request(""));
        const std::string head = client.receive_until("\r\n\r\n");
        EXPECT_EQ(net::status_of(head), 200) << head;
        EXPECT_NE(head.find("Content-Type: text/event-stream\r\n"), std::string::npos);
        EXPECT_NE(head.find("X-Accel-Buffering: no\r\n"), std::string::npos);
        EXPECT_NE(client.receive_until("\"CustomerNo\":\"first\""), "") << "what happened before comes first";
        create_customer("second");
        const std::string second = client.receive_until("\"CustomerNo\":\"second\"");
        EXPECT_NE(second.find("event: CustomerCreated\ndata: {\"sequenceNo\":"), std::string::npos) << second;
        seen = id_of(second);
    }
    create_customer("third");
    net::RawClient again(server->http_port());
    again.send(request("Last-Event-ID: " + seen + "\r\n"));
    const std::string third = again.receive_until("\"CustomerNo\":\"third\"");
    EXPECT_NE(third, "");
    EXPECT_EQ(third.find("\"second\""), std::string::npos) << "nothing twice";
}

TEST_F(EventStreamTest, RefusesBeforeItBegins) {
    net::RawClient client(server->http_port());
    EXPECT_EQ(net::status_of(client.ask(request("Last-Event-ID: yesterday\r\n"))), 400);
    EXPECT_EQ(net::status_of(client.ask(request("Last-Event-ID: 9007199254740991\r\n"))), 422);
    EXPECT_EQ(net::status_of(client.ask("GET /api/v1/issuing/event HTTP/1.1\r\nHost: h\r\nAccept: "
                                        "text/event-stream\r\n\r\n")),
              401);
    std::vector<std::unique_ptr<net::RawClient>> clients;
    for (int i = 0; i < 16; ++i) {
        clients.push_back(std::make_unique<net::RawClient>(server->http_port()));
        clients.back()->send(request(""));
        EXPECT_NE(clients.back()->receive_until("retry: 1000\n\n"), "");
    }
    const std::string refused = client.ask(request(""));
    EXPECT_EQ(net::status_of(refused), 429);
    EXPECT_NE(refused.find("Retry-After: "), std::string::npos);
}

TEST_F(EventStreamTest, EndsWithTheUser) {
    net::RawClient client(server->http_port());
    client.send(request(""));
    create_customer("before");
    EXPECT_NE(client.receive_until("\"CustomerNo\":\"before\""), "");
    const std::string by_operator =
        "Bearer " + token_of("grant_type=password&client_id=operator&username=operator&password=operator");
    const auto users =
        server->call({"GET", "/api/v1/system/user?maxResultCount=100", {{"Authorization", by_operator}}, ""});
    const auto name = users.body.find(R"("userName":"demo")");
    ASSERT_NE(name, std::string::npos) << users.body;
    const auto id = users.body.rfind(R"("id":)", name) + 5;
    const std::string path = "/api/v1/system/user/" + users.body.substr(id, users.body.find(',', id) - id);
    EXPECT_EQ(server->call({"DELETE", path, {{"Authorization", by_operator}}, ""}).status, 204);
    const auto deleted_at = std::chrono::steady_clock::now();
    EXPECT_EQ(client.receive_until("event: "), "");
    EXPECT_LT(std::chrono::steady_clock::now() - deleted_at, std::chrono::seconds(5)) << "closed, not only silent";
}

TEST_F(EventStreamTest, EndsWithTheServer) {
    net::RawClient client(server->http_port());
    client.send(request(""));
    EXPECT_NE(client.receive_until("retry: 1000\n\n"), "");
    EXPECT_TRUE(server->drain(std::chrono::seconds(5)));
    server.reset();
}

}  // namespace
}  // namespace takas::main
