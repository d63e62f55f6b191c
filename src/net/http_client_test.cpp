#include "net/http_client.hpp"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <filesystem>
#include <future>
#include <thread>

#include "net/http_server.hpp"

namespace takas::net {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;
using asio::ip::tcp;

std::unique_ptr<HttpClient> start_client(HttpClientOptions options = {}) {
    auto client = HttpClient::start(std::move(options));
    EXPECT_TRUE(client.has_value());
    return client ? std::move(*client) : nullptr;
}

std::future<OutboundResult> send(HttpClient& client, OutboundRequest request) {
    auto promise = std::make_shared<std::promise<OutboundResult>>();
    auto result = promise->get_future();
    client.send(std::move(request), [promise](OutboundResult r) { promise->set_value(std::move(r)); });
    return result;
}

OutboundRequest demo(std::string url) {
    OutboundRequest request;
    request.url = std::move(url);
    request.headers = {{"Content-Type", "application/json"}};
    request.body = "{\"Name\":\"CardCreated\"}";
    request.allow_loopback = true;
    return request;
}

std::string url_of(std::uint16_t port) { return "http://127.0.0.1:" + std::to_string(port) + "/hook?x=1"; }

std::unique_ptr<HttpServer> start_server(Handler handler) {
    auto server = HttpServer::start({}, std::move(handler));
    EXPECT_TRUE(server.has_value());
    return server ? std::move(*server) : nullptr;
}

/// A server that says fixed bytes to one client, whatever it asked; then it closes, or waits for the client to close.
class ScriptedServer {
  public:
    ScriptedServer(std::string bytes, bool then_close)
        : bytes_(std::move(bytes)),
          then_close_(then_close),
          acceptor_(io_, {asio::ip::address_v4::loopback(), 0}),
          thread_([this] { run(); }) {}
    ~ScriptedServer() { thread_.join(); }
    std::string url() const { return url_of(acceptor_.local_endpoint().port()); }

  private:
    void run() {
        boost::system::error_code ec;
        tcp::socket socket = acceptor_.accept(ec);
        asio::streambuf request;
        asio::read_until(socket, request, "\r\n\r\n", ec);
        asio::write(socket, asio::buffer(bytes_), ec);
        if (then_close_) socket.shutdown(tcp::socket::shutdown_send, ec);
        std::array<char, 4096> rest;
        while (!ec) socket.read_some(asio::buffer(rest), ec);
    }
    std::string bytes_;
    bool then_close_;
    asio::io_context io_;
    tcp::acceptor acceptor_;
    std::thread thread_;
};

OutboundResult ask_scripted(std::string bytes, bool then_close = true, std::chrono::milliseconds timeout = 10s) {
    ScriptedServer server(std::move(bytes), then_close);
    const auto client = start_client();
    OutboundRequest request = demo(server.url());
    request.timeout = timeout;
    return send(*client, std::move(request)).get();
}

TEST(http_client, posts_and_reads_the_answer) {
    std::string seen;
    const auto server = start_server([&](auto request, Reply reply) {
        seen = std::string(request->method) + " " + std::string(request->path) + "?" + std::string(request->query) +
               " " + std::string(request->header("content-type")) + " " + std::string(request->header("x-webhook-id")) +
               " " + std::string(request->body);
        reply({.status = 202, .body = "thanks", .headers = {{"Retry-After", "7"}}});
    });
    const auto client = start_client();
    OutboundRequest request = demo(url_of(server->port()));
    request.headers.emplace_back("X-Webhook-Id", "42");
    const OutboundResult result = send(*client, std::move(request)).get();
    EXPECT_EQ(result.error, "");
    EXPECT_TRUE(result.connected);
    EXPECT_EQ(result.status, 202);
    EXPECT_EQ(result.body_start, "thanks");
    EXPECT_EQ(result.retry_after, "7");
    EXPECT_EQ(seen, "POST /hook?x=1 application/json 42 {\"Name\":\"CardCreated\"}");
}

TEST(http_client, works_on_many_requests_at_once_within_its_limit) {
    const auto server = start_server([](auto, Reply reply) { reply({.body = "ok"}); });
    HttpClientOptions options;
    options.concurrency_max = 3;
    const auto client = start_client(options);
    std::vector<std::future<OutboundResult>> results;
    for (int i = 0; i < 60; ++i) results.push_back(send(*client, demo(url_of(server->port()))));
    for (auto& result : results) EXPECT_EQ(result.get().status, 200);
}

TEST(http_client, does_not_follow_redirects) {
    std::atomic<int> hits = 0;
    const auto server = start_server([&](auto, Reply reply) {
        ++hits;
        reply({.status = 302, .body = "", .headers = {{"Location", "/elsewhere"}}});
    });
    const auto client = start_client();
    const OutboundResult result = send(*client, demo(url_of(server->port()))).get();
    EXPECT_EQ(result.status, 302);
    EXPECT_EQ(result.error, "");
    EXPECT_EQ(hits, 1);
}

TEST(http_client, gives_up_at_the_deadline) {
    Reply held;
    const auto server = start_server([&](auto, Reply reply) { held = std::move(reply); });
    const auto client = start_client();
    OutboundRequest request = demo(url_of(server->port()));
    request.timeout = 50ms;
    const OutboundResult silent = send(*client, std::move(request)).get();
    EXPECT_EQ(silent.error, "timeout");
    EXPECT_TRUE(silent.connected);
    EXPECT_EQ(silent.status, 0);
    EXPECT_GE(silent.duration_ms, 50);

    const OutboundResult endless = ask_scripted("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab", false, 50ms);
    EXPECT_EQ(endless.error, "timeout");
    EXPECT_EQ(endless.status, 200);
    EXPECT_EQ(ask_scripted("HTTP/1.1 200 OK\r\nX:", false, 50ms).error, "timeout");
}

TEST(http_client, reads_no_more_than_the_limits) {
    const auto server = start_server([](auto, Reply reply) { reply({.body = std::string(5'000'000, 'x')}); });
    const auto client = start_client();
    const OutboundResult big = send(*client, demo(url_of(server->port()))).get();
    EXPECT_EQ(big.status, 200);
    EXPECT_EQ(big.error, "");
    EXPECT_EQ(big.body_state, BodyState::too_large);
    EXPECT_EQ(big.body_start.size(), HttpClientOptions{}.body_bytes_max);

    EXPECT_EQ(ask_scripted("HTTP/1.1 200 OK\r\nX: " + std::string(1'000'000, 'x')).error, "too_large");
    std::string many = "HTTP/1.1 200 OK\r\n";
    for (int i = 0; i < 10'000; ++i) many += "X-Header: value\r\n";
    EXPECT_EQ(ask_scripted(many + "\r\n").error, "too_large");
    const std::string chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    EXPECT_NE(ask_scripted(chunks + "1;" + std::string(1'000'000, 'e')).error, "");
    std::string endless = chunks;
    for (int i = 0; i < 200; ++i) endless += "400\r\n" + std::string(1024, 'c') + "\r\n";
    EXPECT_EQ(ask_scripted(endless, false).body_state, BodyState::too_large);
}

TEST(http_client, understands_the_forms_of_an_answer) {
    EXPECT_EQ(ask_scripted("HTTP/1.0 200 OK\r\n\r\nuntil close").body_start, "until close");
    EXPECT_EQ(
        ask_scripted("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", false).body_start,
        "abc");
    EXPECT_EQ(ask_scripted("HTTP/1.1 204 No Content\r\n\r\n", false).status, 204);
    EXPECT_EQ(
        ask_scripted("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n", false).status,
        201);
    EXPECT_EQ(ask_scripted("HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n", false).status, 410);
}

TEST(http_client, tells_a_body_that_was_cut_off_from_an_empty_one) {
    const std::string ok = "HTTP/1.1 200 OK\r\n", chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";
    for (const std::string& cut : {ok + "Content-Length: 10\r\n\r\n", ok + "Content-Length: 10\r\n\r\nab",
                                   chunked + "3\r\nabc\r\n", chunked + "3\r\nab", chunked + "0\r\n"}) {
        const OutboundResult closed = ask_scripted(cut);
        EXPECT_EQ(closed.error, "reset") << cut;
        EXPECT_EQ(closed.status, 200) << cut;
        EXPECT_EQ(closed.body_state, BodyState::cut_off) << cut;
        const OutboundResult silent = ask_scripted(cut, false, 50ms);
        EXPECT_EQ(silent.error, "timeout") << cut;
        EXPECT_EQ(silent.body_state, BodyState::cut_off) << cut;
    }
    for (const std::string& whole : {ok + "Content-Length: 0\r\n\r\n", chunked + "0\r\n\r\n", ok + "\r\n",
                                     std::string("HTTP/1.1 204 No Content\r\n\r\n")}) {
        const OutboundResult empty = ask_scripted(whole);
        EXPECT_EQ(empty.error, "") << whole;
        EXPECT_EQ(empty.body_state, BodyState::whole) << whole;
        EXPECT_EQ(empty.body_start, "") << whole;
    }
    EXPECT_EQ(ask_scripted("").body_state, BodyState::cut_off);
}

TEST(http_client, says_when_a_body_is_no_plain_text) {
    const auto state_of = [](const std::string& header) {
        return ask_scripted("HTTP/1.1 200 OK\r\n" + header + "\r\nContent-Length: 2\r\n\r\nab").body_state;
    };
    EXPECT_EQ(state_of("Content-Encoding: gzip"), BodyState::encoded);
    EXPECT_EQ(state_of("content-encoding: identity, br"), BodyState::encoded);
    EXPECT_EQ(state_of("Content-Encoding: Identity"), BodyState::whole);
    EXPECT_EQ(ask_scripted("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n1\r\na\r\n0\r\n\r\n").body_state,
              BodyState::encoded);
}

TEST(http_client, names_broken_answers) {
    EXPECT_EQ(ask_scripted("").error, "reset");
    EXPECT_EQ(ask_scripted("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab").error, "reset");
    EXPECT_EQ(ask_scripted("SSH-2.0-OpenSSH_9.2\r\n\r\n").error, "bad_response");
    EXPECT_EQ(ask_scripted("HTTP/1.1 101 Switching Protocols\r\n\r\n").error, "bad_response");
    EXPECT_EQ(ask_scripted("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n").error,
              "bad_response");
    std::string interim;
    for (int i = 0; i < 20; ++i) interim += "HTTP/1.1 100 Continue\r\n\r\n";
    EXPECT_EQ(ask_scripted(interim).error, "bad_response");
}

TEST(http_client, refuses_urls_and_headers_before_it_connects) {
    const auto client = start_client();
    OutboundRequest request = demo("http://127.0.0.1:1/");
    request.allow_loopback = false;
    EXPECT_EQ(send(*client, request).get().error, "refused_url");
    EXPECT_EQ(send(*client, demo("https://169.254.169.254/")).get().error, "refused_url");
    for (const auto& header : std::vector<std::pair<std::string, std::string>>{{"X", "a\r\nHost: b"},
                                                                               {"Host", "b"},
                                                                               {"content-length", "0"},
                                                                               {"Transfer-Encoding", "chunked"},
                                                                               {"a b", "c"},
                                                                               {"", "c"}}) {
        request = demo("http://127.0.0.1:1/");
        request.headers = {header};
        EXPECT_EQ(send(*client, request).get().error, "bad_header") << header.first;
    }
    request = demo("http://127.0.0.1:1/");
    request.method = "GET / HTTP/1.1\r\nX:";
    EXPECT_EQ(send(*client, request).get().error, "bad_header");
    EXPECT_EQ(send(*client, demo("http://127.0.0.1:1/")).get().error, "connect");
}

TEST(http_client, checks_what_a_name_resolves_to) {
    std::atomic<int> hits = 0;
    const auto server = start_server([&](auto, Reply reply) {
        ++hits;
        reply({});
    });
    std::vector<IpAddress> answer;
    HttpClientOptions options;
    options.resolve = [&](const std::string&) { return answer; };
    const auto client = start_client(options);
    const std::string port = ":" + std::to_string(server->port()) + "/";
    const auto error = [&](const std::string& url, bool allow_loopback, std::vector<std::string_view> addresses) {
        answer.clear();
        for (std::string_view text : addresses) answer.push_back(parse_address(text).value());
        OutboundRequest request = demo(url);
        request.allow_loopback = allow_loopback;
        return send(*client, std::move(request)).get().error;
    };
    const std::string rebound = "https://rebound.example.com" + port;
    for (std::string_view address : {"127.0.0.1", "::1", "10.1.2.3", "169.254.169.254", "::ffff:127.0.0.1", "fd00::1"})
        EXPECT_EQ(error(rebound, false, {address}), "refused_address") << address;
    EXPECT_EQ(error(rebound, false, {"8.8.8.8", "127.0.0.1"}), "refused_address");
    EXPECT_EQ(error(rebound, true, {"192.168.0.1"}), "refused_address");
    EXPECT_EQ(error("http://localhost" + port, true, {"8.8.8.8"}), "refused_address");
    EXPECT_EQ(error(rebound, false, {}), "dns");
    EXPECT_EQ(hits, 0);
    EXPECT_EQ(error("http://localhost" + port, true, {"127.0.0.1"}), "");
    EXPECT_EQ(hits, 1);
}

TEST(http_client, a_dead_name_server_costs_the_deadline_only) {
    std::promise<void> release;
    const auto released = release.get_future().share();
    HttpClientOptions options;
    options.resolve = [released](const std::string&) {
        released.wait();
        return std::vector<IpAddress>{};
    };
    const auto client = start_client(options);
    OutboundRequest request = demo("https://slow.example.com/");
    request.timeout = 30ms;
    EXPECT_EQ(send(*client, request).get().error, "timeout");
    release.set_value();
}

TEST(http_client, ends_everything_with_shutdown_and_refuses_above_its_queue) {
    Reply held;
    std::promise<void> arrived;
    const auto server = start_server([&](auto, Reply reply) {
        held = std::move(reply);
        arrived.set_value();
    });
    HttpClientOptions options;
    options.concurrency_max = 1, options.queue_max = 1;
    auto client = start_client(options);
    auto active = send(*client, demo(url_of(server->port())));
    auto waiting = send(*client, demo(url_of(server->port())));
    EXPECT_EQ(send(*client, demo(url_of(server->port()))).get().error, "overloaded");
    arrived.get_future().wait();
    client.reset();
    EXPECT_EQ(active.get().error, "shutdown");
    EXPECT_EQ(waiting.get().error, "shutdown");
}

/// A self-signed certificate for localhost and 127.0.0.1, made for this run; certificate and key in one PEM file.
class TestCertificate {
  public:
    TestCertificate()
        : path_((std::filesystem::temp_directory_path() / ("takas_net_test_" + std::to_string(getpid()) + ".pem"))
                    .string()) {
        const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
        const std::unique_ptr<X509, decltype(&X509_free)> x509(X509_new(), X509_free);
        X509_set_version(x509.get(), 2);
        ASN1_INTEGER_set(X509_get_serialNumber(x509.get()), 1);
        X509_gmtime_adj(X509_getm_notBefore(x509.get()), -60);
        X509_gmtime_adj(X509_getm_notAfter(x509.get()), 3600);
        X509_NAME* name = X509_get_subject_name(x509.get());
        const unsigned char common_name[] = "takas test";
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common_name, -1, -1, 0);
        X509_set_issuer_name(x509.get(), name);
        X509_set_pubkey(x509.get(), key.get());
        const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> names(
            X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1"),
            X509_EXTENSION_free);
        X509_add_ext(x509.get(), names.get(), -1);
        X509_sign(x509.get(), key.get(), EVP_sha256());
        const std::unique_ptr<FILE, decltype(&fclose)> file(fopen(path_.c_str(), "w"), fclose);
        PEM_write_X509(file.get(), x509.get());
        PEM_write_PrivateKey(file.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    }
    ~TestCertificate() { std::filesystem::remove(path_); }
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

/// Answers one TLS client; `version_max` limits what it speaks.
class TlsServer {
  public:
    TlsServer(const std::string& pem, int version_max, std::string answer, bool says_goodbye)
        : answer_(std::move(answer)),
          says_goodbye_(says_goodbye),
          acceptor_(io_, {asio::ip::address_v4::loopback(), 0}) {
        context_.use_certificate_chain_file(pem);
        context_.use_private_key_file(pem, asio::ssl::context::pem);
        SSL_CTX_set_security_level(context_.native_handle(), 0);  // so that TLS 1.1 fails for the client's reasons
        SSL_CTX_set_max_proto_version(context_.native_handle(), version_max);
        thread_ = std::thread([this] { run(); });
    }
    ~TlsServer() { thread_.join(); }
    std::string port() const { return std::to_string(acceptor_.local_endpoint().port()); }

  private:
    void run() {
        boost::system::error_code ec;
        asio::ssl::stream<tcp::socket> stream(acceptor_.accept(), context_);
        stream.handshake(asio::ssl::stream_base::server, ec);
        if (ec) return;
        asio::streambuf request;
        asio::read_until(stream, request, "\r\n\r\n", ec);
        asio::write(stream, asio::buffer(answer_), ec);
        if (says_goodbye_) stream.shutdown(ec);
    }
    std::string answer_;
    bool says_goodbye_;
    asio::io_context io_;
    asio::ssl::context context_{asio::ssl::context::tls_server};
    tcp::acceptor acceptor_;
    std::thread thread_;
};

struct TlsAnswer {
    std::string bytes = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret";
    bool says_goodbye = false;
};

OutboundResult ask_tls(const TestCertificate& certificate, bool trusted, const std::string& host,
                       int version_max = TLS1_3_VERSION, const TlsAnswer& answer = {}) {
    TlsServer server(certificate.path(), version_max, answer.bytes, answer.says_goodbye);
    HttpClientOptions options;
    if (trusted) options.extra_ca_file = certificate.path();
    options.resolve = [](const std::string&) { return std::vector{parse_address("127.0.0.1").value()}; };
    const auto client = start_client(options);
    return send(*client, demo("https://" + host + ":" + server.port() + "/")).get();
}

TEST(http_client, verifies_certificate_host_and_version) {
    const TestCertificate certificate;
    for (const char* host : {"localhost", "127.0.0.1"}) {
        const OutboundResult good = ask_tls(certificate, true, host);
        EXPECT_EQ(good.error, "") << host;
        EXPECT_EQ(good.body_start, "secret");
        EXPECT_TRUE(good.connected);
    }
    EXPECT_EQ(ask_tls(certificate, true, "localhost", TLS1_2_VERSION).error, "");
    EXPECT_EQ(ask_tls(certificate, true, "localhost", TLS1_1_VERSION).error, "tls");
    EXPECT_EQ(ask_tls(certificate, false, "localhost").error, "tls");
    const OutboundResult other_host = ask_tls(certificate, true, "hooks.example.com");
    EXPECT_EQ(other_host.error, "tls");
    EXPECT_FALSE(other_host.connected);
    EXPECT_EQ(other_host.status, 0);

    const auto asked = [&](const std::string& bytes, bool says_goodbye) {
        return ask_tls(certificate, true, "localhost", TLS1_3_VERSION, {"HTTP/1.1 200 OK\r\n" + bytes, says_goodbye});
    };
    EXPECT_EQ(asked("\r\nsecret", true).body_state, BodyState::whole);
    EXPECT_EQ(asked("\r\nsecret", false).body_state, BodyState::cut_off) << "anybody may have cut the connection";
    EXPECT_EQ(asked("Content-Length: 6\r\n\r\nsecret", false).body_state, BodyState::whole);
    EXPECT_EQ(asked("Content-Length: 7\r\n\r\nsecret", true).body_state, BodyState::cut_off);

    HttpClientOptions unreadable;
    unreadable.extra_ca_file = "/does/not/exist.pem";
    EXPECT_FALSE(HttpClient::start(unreadable).has_value());
}

}  // namespace
}  // namespace takas::net
