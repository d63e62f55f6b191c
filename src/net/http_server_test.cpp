#include "net/http_server.hpp"

#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "net/raw_client_test_support.hpp"

namespace takas::net {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view simple_get = "GET /x?a=1 HTTP/1.1\r\nHost: h\r\n\r\n";

/// Answers with what it understood, so that a test can see it.
void echo(std::shared_ptr<const HttpRequest> request, Reply reply) {
    std::string text(request->method);
    text.append("|").append(request->path).append("|").append(request->query).append("|").append(request->body);
    reply({.status = 200, .content_type = "text/plain", .body = std::move(text)});
}

std::unique_ptr<HttpServer> start(Handler handler, HttpServerOptions options = {}) {
    auto server = HttpServer::start(std::move(options), std::move(handler));
    EXPECT_TRUE(server.has_value());
    return server ? std::move(*server) : nullptr;
}

std::string post(std::string_view body) {
    return "POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           std::string(body);
}

TEST(http_server, keeps_the_connection_alive) {
    const auto server = start(echo);
    RawClient client(server->port());
    for (int i = 0; i < 3; ++i) {
        const std::string answer = client.ask(simple_get);
        EXPECT_EQ(status_of(answer), 200);
        EXPECT_EQ(body_of(answer), "GET|/x|a=1|");
        EXPECT_NE(answer.find("Connection: keep-alive\r\n"), std::string::npos);
        EXPECT_NE(answer.find("Date: "), std::string::npos);
        EXPECT_EQ(answer.find("Server:"), std::string::npos);
    }
    EXPECT_EQ(server->stats().connections, 1U);
}

TEST(http_server, answers_pipelined_requests_in_order) {
    const auto server = start(echo);
    RawClient client(server->port());
    std::string all;
    for (int i = 0; i < 200; ++i) all += post(std::to_string(i));
    ASSERT_TRUE(client.send(all));
    for (int i = 0; i < 200; ++i) EXPECT_EQ(body_of(client.receive()), "POST|/p||" + std::to_string(i));
}

TEST(http_server, understands_one_byte_at_a_time) {
    const auto server = start(echo);
    RawClient client(server->port());
    for (char c : post("hello")) client.send({&c, 1});
    EXPECT_EQ(body_of(client.receive()), "POST|/p||hello");
    for (char c :
         std::string_view("POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n"
                          "0\r\nTrailer: t\r\n\r\n"))
        client.send({&c, 1});
    EXPECT_EQ(body_of(client.receive()), "POST|/c||abcde");
}

TEST(http_server, honours_connection_close_and_http_1_0) {
    const auto server = start(echo);
    RawClient closing(server->port());
    EXPECT_EQ(status_of(closing.ask("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")), 200);
    EXPECT_TRUE(closing.sees_close());
    RawClient old(server->port());
    EXPECT_EQ(status_of(old.ask("GET / HTTP/1.0\r\n\r\n")), 200);
    EXPECT_TRUE(old.sees_close());
}

TEST(http_server, head_has_a_length_but_no_body) {
    const auto server = start(echo);
    RawClient client(server->port());
    client.send("HEAD /h HTTP/1.1\r\nHost: h\r\n\r\n");
    const std::string head = client.receive(false);
    EXPECT_NE(head.find("Content-Length: 9\r\n"), std::string::npos) << head;
    EXPECT_EQ(body_of(client.ask(simple_get)), "GET|/x|a=1|");
}

TEST(http_server, sends_100_continue_only_when_asked_and_awaited) {
    const auto server = start(echo);
    RawClient client(server->port());
    client.send("POST /e HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(client.receive(false), "HTTP/1.1 100 Continue\r\n\r\n");
    EXPECT_EQ(body_of(client.ask("ok")), "POST|/e||ok");
    EXPECT_EQ(body_of(client.ask("POST /e HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nok")),
              "POST|/e||ok");
}

TEST(http_server, refuses_what_two_programs_could_read_differently) {
    const auto server = start(echo);
    const std::string_view smuggled[] = {
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3, 3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: +3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0x3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999999\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: identity\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcX\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nabc",
        "GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n folded\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\n\tX: a\r\n\r\n",
        "GET / HTTP/1.1\nHost: h\n\n",
        "GET / HTTP/1.1\r\nHost: h\r\nX: a\rb\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nX: a\x01"
        "b\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/2.0\r\nHost: h\r\n\r\n",
        "GET /\r\nHost: h\r\n\r\n",
        "GET  / HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET x HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET http://h HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n",
        "GE(T / HTTP/1.1\r\nHost: h\r\n\r\n",
        "\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n",
        "\x16\x03\x01\x02",
    };
    for (std::string_view bytes : smuggled) {
        RawClient client(server->port());
        EXPECT_EQ(status_of(client.ask(bytes)), 400) << bytes;
        EXPECT_TRUE(client.sees_close()) << bytes;
    }
    EXPECT_EQ(server->stats().requests, 0U);
}

TEST(http_server, limits_heads_and_bodies) {
    HttpServerOptions options;
    options.header_bytes_max = 2048, options.header_count_max = 10, options.body_bytes_max = 1000;
    const auto server = start(echo, options);
    const auto status = [&](const std::string& bytes) {
        RawClient client(server->port());
        return status_of(client.ask(bytes));
    };
    EXPECT_EQ(status("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(4000, 'x')), 431);
    EXPECT_EQ(status("GET /" + std::string(4000, 'x')), 431);
    std::string many = "GET / HTTP/1.1\r\nHost: h\r\n";
    for (int i = 0; i < 10; ++i) many += "X: y\r\n";
    EXPECT_EQ(status(many + "\r\n"), 431);
    EXPECT_EQ(status(post(std::string(1000, 'b'))), 200);
    EXPECT_EQ(status(post(std::string(1001, 'b'))), 413);
    EXPECT_EQ(status("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n"), 413);
    const std::string chunk = "1f4\r\n" + std::string(500, 'c') + "\r\n";
    const std::string chunked = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + chunk;
    EXPECT_EQ(status(chunked + "0\r\n\r\n"), 200);
    EXPECT_EQ(status(chunked + "1\r\nc\r\n0\r\n\r\n"), 413);
    EXPECT_EQ(status(chunked + "1;" + std::string(9000, 'e')), 400);
    EXPECT_EQ(status(chunked + "0\r\nT: " + std::string(9000, 't')), 400);
}

TEST(http_server, reads_and_writes_large_bodies) {
    const auto server = start(echo);
    RawClient client(server->port());
    const std::string body(1024 * 1024, 'z');
    std::thread writer([&] { client.send(post(body)); });
    const std::string answer = client.receive();
    writer.join();
    EXPECT_EQ(body_of(answer).size(), body.size() + 9);
    EXPECT_EQ(body_of(client.ask(simple_get)), "GET|/x|a=1|");
}

TEST(http_server, cuts_off_slow_heads_and_bodies_and_idle_connections) {
    HttpServerOptions options;
    options.header_timeout = options.body_timeout = options.idle_timeout = 40ms;
    const auto server = start(echo, options);
    RawClient slow_head(server->port()), slow_body(server->port()), idle(server->port());
    slow_head.send("GET / HTTP/1.1\r\nHost:");
    slow_body.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab");
    EXPECT_EQ(status_of(slow_head.receive()), 408);
    EXPECT_EQ(status_of(slow_body.receive()), 408);
    EXPECT_TRUE(idle.sees_close());
}

TEST(http_server, cuts_off_clients_that_do_not_read) {
    HttpServerOptions options;
    options.write_timeout = options.linger_timeout = 40ms;
    const auto server = start([](auto, Reply reply) { reply({.body = std::string(32 * 1024 * 1024, 'x')}); }, options);
    RawClient client(server->port());
    client.send(simple_get);
    while (server->stats().requests == 0 || server->stats().connections > 0) std::this_thread::yield();
    SUCCEED();
}

TEST(http_server, takes_replies_from_other_threads_and_keeps_the_request_alive) {
    std::promise<std::pair<std::shared_ptr<const HttpRequest>, Reply>> handed;
    const auto server =
        start([&](auto request, Reply reply) { handed.set_value({std::move(request), std::move(reply)}); });
    RawClient client(server->port());
    client.send(post("later"));
    auto [request, reply] = handed.get_future().get();
    EXPECT_EQ(server->stats().in_flight, 1U);
    EXPECT_EQ(request->body, "later");
    EXPECT_EQ(request->header("CONTENT-length"), "5");
    EXPECT_EQ(request->header("absent"), "");
    EXPECT_EQ(request->remote_address, "127.0.0.1");
    EXPECT_TRUE(request->remote_is_loopback);
    reply({.status = 201, .body = "{}", .headers = {{"X-Test", "1"}}});
    const std::string answer = client.receive();
    EXPECT_EQ(status_of(answer), 201);
    EXPECT_NE(answer.find("X-Test: 1\r\n"), std::string::npos);
    EXPECT_EQ(server->stats().in_flight, 0U);
}

TEST(http_server, believes_a_trusted_proxy_who_asks) {
    for (const bool is_trusted : {true, false}) {
        HttpServerOptions options;
        if (is_trusted) options.trusted_proxies = {"127.0.0.1"};
        const auto server =
            start([](auto request, Reply reply) { reply({.body = request->remote_address}); }, std::move(options));
        RawClient client(server->port());
        const std::string answer = client.ask("GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 192.0.2.7\r\n\r\n");
        EXPECT_TRUE(answer.ends_with(is_trusted ? "192.0.2.7" : "127.0.0.1")) << answer;
    }
}

TEST(http_server, a_dropped_reply_an_exception_and_an_unsendable_answer_are_500) {
    const auto server = start([](auto request, Reply reply) {
        if (request->path == "/throw") throw std::runtime_error("defect");
        if (request->path == "/split") reply({.body = "secret", .headers = {{"X", "a\r\nInjected: 1"}}});
        if (request->path == "/thread") std::thread([r = std::move(reply)] {}).detach();
    });
    for (const char* path : {"/drop", "/throw", "/split", "/thread"}) {
        RawClient client(server->port());
        const std::string answer = client.ask("GET " + std::string(path) + " HTTP/1.1\r\nHost: h\r\n\r\n");
        EXPECT_EQ(status_of(answer), 500) << path;
        EXPECT_EQ(answer.find("secret"), std::string::npos);
        EXPECT_EQ(answer.find("Injected"), std::string::npos);
    }
}

TEST(http_server, renders_its_own_errors_with_the_given_maker) {
    auto server = HttpServer::start(
        {}, echo, [](int status) { return HttpResponse{.body = "{\"status\":" + std::to_string(status) + "}"}; });
    ASSERT_TRUE(server.has_value());
    RawClient client((*server)->port());
    EXPECT_EQ(body_of(client.ask("nonsense\r\n\r\n")), "{\"status\":400}");
}

TEST(http_server, refuses_work_above_its_limits_at_once) {
    HttpServerOptions options;
    options.in_flight_max = 1, options.connections_max = 2;
    std::promise<Reply> held;
    const auto server = start([&](auto, Reply reply) { held.set_value(std::move(reply)); }, options);
    RawClient first(server->port());
    first.send(simple_get);
    auto reply = held.get_future().get();
    {
        RawClient second(server->port());
        for (int i = 0; i < 2; ++i) {
            const std::string answer = second.ask(simple_get);
            EXPECT_EQ(status_of(answer), 503);
            EXPECT_NE(answer.find("Retry-After: 1\r\n"), std::string::npos);
        }
        RawClient third(server->port());
        EXPECT_EQ(status_of(third.receive()), 503);
        EXPECT_TRUE(third.sees_close());
    }
    reply({});
    EXPECT_EQ(status_of(first.receive()), 200);
    EXPECT_EQ(server->stats().refused_overload, 3U);
}

/// Collects replies and sets them free in groups from its own thread, as a store commit does.
class Committer {
  public:
    ~Committer() {
        stop_ = true;
        thread_.join();
    }
    void add(std::string body, Reply reply) {
        const std::lock_guard lock(mutex_);
        waiting_.emplace_back(std::move(body), std::move(reply));
    }

  private:
    void run() {
        while (!stop_) {
            std::vector<std::pair<std::string, Reply>> batch;
            {
                const std::lock_guard lock(mutex_);
                batch.swap(waiting_);
            }
            for (auto& [body, reply] : batch) reply({.body = std::move(body)});
            std::this_thread::yield();
        }
    }
    std::mutex mutex_;
    std::vector<std::pair<std::string, Reply>> waiting_;
    std::atomic<bool> stop_ = false;
    std::thread thread_{[this] { run(); }};
};

TEST(http_server, serves_64_connections_from_two_threads) {
    Committer committer;
    HttpServerOptions options;
    options.threads = 2;
    const auto server =
        start([&](auto request, Reply reply) { committer.add(std::string(request->body), std::move(reply)); }, options);
    constexpr int rounds = 50;
    std::atomic<int> right = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            std::vector<std::unique_ptr<RawClient>> clients;
            for (int c = 0; c < 16; ++c) clients.push_back(std::make_unique<RawClient>(server->port()));
            for (int round = 0; round < rounds; ++round) {
                const auto text = [&](std::size_t c) {
                    return std::to_string(t) + "/" + std::to_string(c * 1000) + "/" + std::to_string(round);
                };
                for (std::size_t c = 0; c < clients.size(); ++c) clients[c]->send(post(text(c)));
                for (std::size_t c = 0; c < clients.size(); ++c)
                    right += body_of(clients[c]->receive()) == text(c) ? 1 : 0;
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(right, 64 * rounds);
    EXPECT_EQ(server->stats().requests, 64U * rounds);
}

TEST(http_server, drains_requests_in_flight_and_closes_idle_connections) {
    std::promise<Reply> held;
    const auto server = start([&](auto, Reply reply) { held.set_value(std::move(reply)); });
    RawClient busy(server->port()), idle(server->port());
    busy.send(simple_get);
    auto reply = held.get_future().get();
    auto drained = std::async(std::launch::async, [&] { return server->drain(10s); });
    EXPECT_TRUE(idle.sees_close());
    EXPECT_FALSE(RawClient(server->port()).connected);
    reply({});
    const std::string answer = busy.receive();
    EXPECT_EQ(status_of(answer), 200);
    EXPECT_NE(answer.find("Connection: close\r\n"), std::string::npos);
    EXPECT_TRUE(busy.sees_close());
    EXPECT_TRUE(drained.get());
    EXPECT_EQ(server->stats().connections, 0U);
}

TEST(http_server, replies_after_the_server_is_gone_are_dropped) {
    std::promise<Reply> held;
    auto server = start([&](auto, Reply reply) { held.set_value(std::move(reply)); });
    RawClient client(server->port());
    client.send(simple_get);
    auto reply = held.get_future().get();
    EXPECT_FALSE(server->drain(1ms));
    server.reset();
    EXPECT_EQ(client.receive(), "");
    reply({});
}

TEST(http_server, says_why_it_cannot_listen) {
    const auto server = start(echo);
    HttpServerOptions options;
    options.port = server->port();
    const auto second = HttpServer::start(options, echo);
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, ErrorCode::unavailable);
    options.address = "not an address";
    EXPECT_FALSE(HttpServer::start(options, echo).has_value());
}

}  // namespace
}  // namespace takas::net
