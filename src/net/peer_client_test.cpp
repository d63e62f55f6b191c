#include "net/peer_client.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

#include "net/http_server.hpp"

namespace takas::net {
namespace {

using namespace std::chrono_literals;

struct PeerClientTest : testing::Test {
    static std::unique_ptr<HttpServer> serve(Handler handler, std::uint16_t port = 0) {
        HttpServerOptions server_options;
        server_options.port = port;
        auto server = HttpServer::start(server_options, std::move(handler));
        EXPECT_TRUE(server);
        return server ? std::move(*server) : nullptr;
    }
    static std::string address_of(std::uint16_t port) { return "127.0.0.1:" + std::to_string(port); }

    std::future<PeerResult> send(const std::string& address, std::string body = "{}") {
        auto promise = std::make_shared<std::promise<PeerResult>>();
        auto future = promise->get_future();
        client->send({address, "/api/v1/x?y=1", {{"X-Name", "value"}}, std::move(body)},
                     [promise](PeerResult result) { promise->set_value(std::move(result)); });
        return future;
    }

    PeerClientOptions options{.answer_timeout = 500ms};
    std::unique_ptr<PeerClient> client = std::move(*PeerClient::start(options));
};

TEST_F(PeerClientTest, AnswersComeBackWholeOverConnectionsThatStayOpen) {
    const std::string large(300'000, 'x');
    auto server = serve([&](const std::shared_ptr<const HttpRequest>& request, Reply reply) {
        EXPECT_EQ(request->path, "/api/v1/x");
        EXPECT_EQ(request->query, "y=1");
        EXPECT_EQ(request->header("x-name"), "value");
        EXPECT_EQ(request->header("content-type"), "application/json");
        reply({.status = 201, .body = std::string(request->body) + large});
    });
    for (int i = 0; i < 50; ++i) {
        const auto result = send(address_of(server->port()), std::to_string(i)).get();
        ASSERT_EQ(result.ended, PeerResult::Ended::answered);
        EXPECT_EQ(result.status, 201);
        EXPECT_EQ(result.body, std::to_string(i) + large);
    }
    EXPECT_EQ(server->stats().connections, 1U);
}

TEST_F(PeerClientTest, ManyAtOnceEachGetTheirOwnAnswer) {
    std::atomic<int> at_once = 0;
    std::atomic<int> most = 0;
    auto server = serve([&](const std::shared_ptr<const HttpRequest>& request, Reply reply) {
        const int now = ++at_once;
        if (now > most) most = now;
        std::thread([&at_once, body = std::string(request->body), reply = std::move(reply)]() mutable {
            std::this_thread::sleep_for(5ms);
            --at_once;
            reply({.body = std::move(body)});
        }).detach();
    });
    std::vector<std::future<PeerResult>> futures;
    for (int i = 0; i < 500; ++i) futures.push_back(send(address_of(server->port()), std::to_string(i)));
    for (int i = 0; i < 500; ++i) EXPECT_EQ(futures[static_cast<std::size_t>(i)].get().body, std::to_string(i));
    EXPECT_GT(most, 16);
    server->drain(1s);
}

TEST_F(PeerClientTest, NobodyThereMeansNotSent) {
    std::uint16_t port = 0;
    {
        port = serve([](const auto&, Reply) {})->port();
    }
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(send(address_of(port)).get().ended, PeerResult::Ended::not_sent);
    EXPECT_EQ(send("").get().ended, PeerResult::Ended::not_sent);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 1s);
    // It comes back at the same address.
    auto server = serve([](const auto&, Reply reply) { reply({.body = "here"}); }, port);
    EXPECT_EQ(send(address_of(port)).get().body, "here");
}

TEST_F(PeerClientTest, SilenceAndACutAreUnansweredAndSpoilNothing) {
    std::vector<Reply> kept;
    std::mutex mutex;
    auto server = serve([&](const auto&, Reply reply) {
        const std::lock_guard lock(mutex);
        kept.push_back(std::move(reply));
    });
    EXPECT_EQ(send(address_of(server->port())).get().ended, PeerResult::Ended::unanswered) << "after the timeout";
    auto cut = send(address_of(server->port()));
    std::this_thread::sleep_for(100ms);
    const auto began = std::chrono::steady_clock::now();
    const std::uint16_t port = server->port();
    server.reset();
    EXPECT_EQ(cut.get().ended, PeerResult::Ended::unanswered);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 300ms) << "a closed connection needs no timeout";
    auto next = serve([](const auto&, Reply reply) { reply({.body = "next"}); }, port);
    EXPECT_EQ(send(address_of(port)).get().body, "next");
}

TEST_F(PeerClientTest, AHeaderCannotBreakOutOfItsLine) {
    std::promise<PeerResult> promise;
    client->send({"127.0.0.1:1", "/", {{"A", "b\r\nC: d"}}, ""},
                 [&](PeerResult r) { promise.set_value(std::move(r)); });
    EXPECT_EQ(promise.get_future().get().ended, PeerResult::Ended::not_sent);
}

TEST_F(PeerClientTest, EndingAnswersWhatIsUnderWay) {
    std::vector<Reply> kept;
    auto server = serve([&](const auto&, Reply reply) { kept.push_back(std::move(reply)); });
    auto answer = send(address_of(server->port()));
    std::this_thread::sleep_for(50ms);
    client.reset();
    EXPECT_EQ(answer.get().ended, PeerResult::Ended::unanswered);
}

}  // namespace
}  // namespace takas::net
