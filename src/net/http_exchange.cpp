#include "net/http_exchange.hpp"

#include <string.h>

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <span>

#include "net/http_message.hpp"

namespace takas::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr auto awaited = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t addresses_tried_max = 3;  // a second and a third chance; more would only burn the deadline
constexpr std::size_t read_bytes = 8 * 1024;

tcp::endpoint endpoint_of(const IpAddress& address, std::uint16_t port) {
    if (address.size == 4) {
        asio::ip::address_v4::bytes_type bytes;
        std::copy_n(address.bytes.begin(), bytes.size(), bytes.begin());
        return {asio::ip::address_v4(bytes), port};
    }
    return {asio::ip::address_v6(address.bytes), port};
}

/// TLS says where a stream ends (close_notify). An end without it may be anybody's doing (RFC 9112, 9.8): it counts
/// where the body has a length of its own.
BodyState body_state_of(const ResponseReader& reader, bool is_end_sound) {
    if (reader.body_truncated()) return BodyState::too_large;
    if (reader.status() == 0 || !is_end_sound) return BodyState::cut_off;
    return reader.body_encoded() ? BodyState::encoded : BodyState::whole;
}

}  // namespace

HttpExchange::HttpExchange(asio::io_context& io, asio::thread_pool& resolvers, asio::ssl::context& tls,
                           const HttpClientOptions& options, OutboundRequest request, HttpClient::Done done)
    : resolvers_(resolvers),
      tls_context_(tls),
      options_(options),
      request_(std::move(request)),
      done_(std::move(done)),
      deadline_(started_ + request_.timeout),
      resolving_(io),
      stream_(io) {}

HttpExchange::~HttpExchange() { ::explicit_bzero(request_.body.data(), request_.body.size()); }

void HttpExchange::finish(std::string error) {
    using namespace std::chrono;
    result.error = std::move(error);
    result.duration_ms = static_cast<int>(duration_cast<milliseconds>(Clock::now() - started_).count());
    if (auto done = std::exchange(done_, nullptr)) done(std::move(result));
}

void HttpExchange::abort() {
    aborted_ = true;
    resolving_.cancel();
    stream_.close();
}

asio::awaitable<void> HttpExchange::run() {
    std::string error = "bad_response";
    try {
        error = co_await perform();
    } catch (const std::exception&) {
        error = result.connected ? "reset" : "connect";  // out of memory or descriptors in a library below
    }
    stream_.close();
    finish(std::move(error));
}

std::string HttpExchange::error_word(const Code& ec, std::string_view otherwise) const {
    if (aborted_) return "shutdown";
    if (ec == boost::beast::error::timeout || Clock::now() >= deadline_) return "timeout";
    return std::string(otherwise);
}

asio::awaitable<std::string> HttpExchange::perform() {
    const auto url = check_url(request_.url, request_.allow_loopback);
    if (!url) co_return "refused_url";
    if (!headers_are_safe()) co_return "bad_header";

    std::vector<IpAddress> addresses;
    if (url->literal) {
        addresses.push_back(*url->literal);
    } else if (auto error = co_await resolve(*url, addresses); !error.empty()) {
        co_return error;
    }
    // One bad address spoils the name: a mix of public and private answers is how rebinding looks.
    for (const IpAddress& address : addresses)
        if (!may_dial(*url, address, request_.allow_loopback)) co_return "refused_address";

    if (auto error = co_await connect(addresses, url->port); !error.empty()) co_return error;
    if (!url->tls) {
        result.connected = true;
        co_return co_await converse(stream_, *url);
    }
    if (auto error = co_await shake_hands(*url); !error.empty()) co_return error;
    result.connected = true;
    co_return co_await converse(*tls_, *url);
}

asio::awaitable<std::string> HttpExchange::resolve(const OutboundUrl& url, std::vector<IpAddress>& addresses) {
    struct LookUp {
        bool done = false;
        std::vector<IpAddress> addresses;
    };
    if (aborted_) co_return "shutdown";
    auto look_up = std::make_shared<LookUp>();
    resolving_.expires_at(deadline_);
    asio::post(resolvers_, [self = shared_from_this(), look_up, host = url.host] {
        auto found = self->options_.resolve(host);
        asio::post(self->resolving_.get_executor(), [self, look_up, found = std::move(found)]() mutable {
            look_up->done = true;
            look_up->addresses = std::move(found);
            self->resolving_.cancel();
        });
    });
    const auto [ec] = co_await resolving_.async_wait(awaited);
    if (!look_up->done) co_return error_word(ec, "timeout");
    addresses = std::move(look_up->addresses);
    co_return addresses.empty() ? "dns" : "";
}

asio::awaitable<std::string> HttpExchange::connect(const std::vector<IpAddress>& addresses, std::uint16_t port) {
    std::string error = "connect";
    for (const IpAddress& address : std::span(addresses).first(std::min(addresses.size(), addresses_tried_max))) {
        stream_.expires_at(std::min(deadline_, Clock::now() + options_.connect_timeout));
        const auto [ec] = co_await stream_.async_connect(endpoint_of(address, port), awaited);
        if (!ec && !aborted_) {
            Code ignored;
            stream_.socket().set_option(tcp::no_delay(true), ignored);
            stream_.expires_at(deadline_);
            co_return "";
        }
        error = error_word(ec, "connect");
        if (aborted_ || Clock::now() >= deadline_) break;
        stream_.close();
    }
    co_return error;
}

asio::awaitable<std::string> HttpExchange::shake_hands(const OutboundUrl& url) {
    tls_.emplace(stream_, tls_context_);
    Code ec;
    tls_->set_verify_callback(asio::ssl::host_name_verification(url.host), ec);
    if (ec) co_return "tls";
    // Server Name Indication takes names only (RFC 6066).
    if (!url.literal && SSL_set_tlsext_host_name(tls_->native_handle(), url.host.c_str()) != 1) co_return "tls";
    const auto [failed] = co_await tls_->async_handshake(asio::ssl::stream_base::client, awaited);
    co_return failed ? error_word(failed, "tls") : "";
}

template <class AnyStream>
asio::awaitable<std::string> HttpExchange::converse(AnyStream& stream, const OutboundUrl& url) {
    const std::string head = request_head(url);
    const std::array<asio::const_buffer, 2> parts{asio::buffer(head), asio::buffer(request_.body)};
    const auto [write_failed, sent] = co_await asio::async_write(stream, parts, awaited);
    // A server may refuse early and close: its answer is worth reading although our body did not fit.
    if (write_failed && error_word(write_failed, "") != "") co_return error_word(write_failed, "reset");

    ResponseReader reader(options_.header_bytes_max, options_.body_bytes_max, request_.method != "HEAD");
    std::array<char, read_bytes> buffer;
    auto state = ResponseReader::State::need_more;
    bool is_end_vouched_for = true;
    std::string error;
    while (state == ResponseReader::State::need_more && error.empty()) {
        const auto [ec, count] = co_await stream.async_read_some(asio::buffer(buffer), awaited);
        if (count > 0) state = reader.feed({buffer.data(), count});
        if (!ec || state != ResponseReader::State::need_more) continue;
        const bool closed = ec == asio::error::eof || ec == asio::ssl::error::stream_truncated;
        is_end_vouched_for = ec == asio::error::eof;
        if (closed && reader.end_of_stream() == ResponseReader::State::complete) break;
        error = error_word(ec, "reset");
    }
    ::explicit_bzero(buffer.data(), buffer.size());  // who was sent a card may have sent it back
    if (state == ResponseReader::State::head_too_large) error = "too_large";
    if (state == ResponseReader::State::bad) error = "bad_response";
    result.status = reader.status();
    result.retry_after = std::move(reader.retry_after());
    result.body_state = body_state_of(reader, error.empty() && is_end_vouched_for);
    result.body_start = std::move(reader.body());
    co_return error;
}

bool HttpExchange::headers_are_safe() const {
    static constexpr std::string_view ours[] = {"host", "content-length", "connection", "transfer-encoding"};
    if (!is_safe_header(request_.method, "")) return false;
    return std::ranges::all_of(request_.headers, [](const auto& header) {
        return is_safe_header(header.first, header.second) && std::ranges::none_of(ours, [&](std::string_view name) {
                   return equals_ignoring_case(name, header.first);
               });
    });
}

std::string HttpExchange::request_head(const OutboundUrl& url) const {
    std::string head = request_.method + " " + url.target + " HTTP/1.1\r\nHost: " + url.authority +
                       "\r\nUser-Agent: " + options_.user_agent +
                       "\r\nConnection: close\r\nContent-Length: " + std::to_string(request_.body.size()) + "\r\n";
    for (const auto& [name, value] : request_.headers) head.append(name).append(": ").append(value).append("\r\n");
    return head += "\r\n";
}

}  // namespace takas::net
