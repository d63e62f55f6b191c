// Answers without an end: what is written by other threads arrives, and every way to end them is noticed.
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "net/http_server.hpp"
#include "net/raw_client_test_support.hpp"

namespace takas::net {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view get = "GET /events HTTP/1.1\r\nHost: h\r\n\r\n";

struct Streaming {
    std::promise<std::shared_ptr<ResponseStream>> opened;
    std::future<std::shared_ptr<ResponseStream>> stream = opened.get_future();
    std::unique_ptr<HttpServer> server;

    explicit Streaming(HttpServerOptions options = {}) {
        auto started = HttpServer::start(std::move(options), [this](std::shared_ptr<const HttpRequest>, Reply reply) {
            HttpResponse response{.status = 200, .content_type = "text/event-stream", .body = {}};
            response.stream = [this](std::shared_ptr<ResponseStream> s) { opened.set_value(std::move(s)); };
            reply(std::move(response));
        });
        EXPECT_TRUE(started);
        server = std::move(*started);
    }
};

bool closes(const ResponseStream& stream) {
    for (int i = 0; i < 500 && stream.is_open(); ++i) std::this_thread::sleep_for(10ms);
    return !stream.is_open();
}

TEST(http_stream, carries_what_is_written_until_it_ends) {
    Streaming served;
    RawClient client(served.server->port());
    client.send(get);
    const std::string head = client.receive_until("\r\n\r\n");
    EXPECT_EQ(status_of(head), 200);
    EXPECT_EQ(head.find("Content-Length"), std::string::npos);
    EXPECT_NE(head.find("Connection: close\r\n"), std::string::npos);
    const auto stream = served.stream.get();
    for (int i = 0; i < 100; ++i) ASSERT_TRUE(stream->write("data: " + std::to_string(i) + "\n\n"));
    const std::string text = client.receive_until("data: 99\n\n");
    for (int i = 0; i < 100; ++i) EXPECT_NE(text.find("data: " + std::to_string(i) + "\n\n"), std::string::npos);
    std::this_thread::sleep_for(50ms);
    EXPECT_EQ(stream->unsent_bytes(), 0U);
    EXPECT_TRUE(stream->write("last"));
    stream->end();
    EXPECT_FALSE(stream->write("too late"));
    EXPECT_EQ(client.receive_until("last"), "last");
    EXPECT_TRUE(client.sees_close());
}

TEST(http_stream, notices_that_the_client_is_gone) {
    Streaming served;
    auto client = std::make_unique<RawClient>(served.server->port());
    client->send(get);
    const auto stream = served.stream.get();
    EXPECT_TRUE(stream->is_open());
    client.reset();
    EXPECT_TRUE(closes(*stream));
    EXPECT_FALSE(stream->write("x"));
}

TEST(http_stream, outlives_the_timeouts_of_other_answers) {
    HttpServerOptions options;
    options.idle_timeout = options.write_timeout = options.header_timeout = 50ms;
    Streaming served(options);
    RawClient client(served.server->port());
    client.send(get);
    const auto stream = served.stream.get();
    std::this_thread::sleep_for(400ms);
    ASSERT_TRUE(stream->write("still here"));
    EXPECT_NE(client.receive_until("still here"), "");
}

TEST(http_stream, a_client_that_does_not_read_is_let_go) {
    HttpServerOptions options;
    options.stream_unsent_bytes_max = 256 * 1024;
    options.write_timeout = 200ms;
    Streaming served(options);
    RawClient client(served.server->port());
    client.send(get);
    const auto stream = served.stream.get();
    const std::string block(64 * 1024, 'x');
    int written = 0;
    while (written < 10'000 && stream->write(block)) ++written;
    EXPECT_LT(written, 10'000) << "memory is bounded whatever the client does";
    EXPECT_TRUE(closes(*stream));
    for (int i = 0; i < 300 && served.server->stats().connections > 0; ++i) std::this_thread::sleep_for(10ms);
    EXPECT_EQ(served.server->stats().connections, 0U);
}

TEST(http_stream, a_drain_ends_it_and_so_does_the_end_of_the_server) {
    auto served = std::make_unique<Streaming>();
    RawClient client(served->server->port());
    client.send(get);
    const auto stream = served->stream.get();
    EXPECT_TRUE(served->server->drain(5s));
    EXPECT_TRUE(closes(*stream));
    served.reset();
    EXPECT_FALSE(stream->write("x")) << "a stream may outlive its server";
}

TEST(http_stream, what_the_client_says_meanwhile_is_not_answered) {
    Streaming served;
    RawClient client(served.server->port());
    client.send(get);
    const auto stream = served.stream.get();
    client.send(get);
    std::this_thread::sleep_for(50ms);
    EXPECT_EQ(served.server->stats().requests, 1U);
    EXPECT_TRUE(stream->write("x"));
}

}  // namespace
}  // namespace takas::net
