#include "net/http_connection.hpp"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

#include <cstring>
#include <utility>

#include "net/forwarded.hpp"
#include "net/http_response_head.hpp"
#include "net/http_stream.hpp"

namespace takas::net {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::size_t buffer_bytes_initial = 4 * 1024;    // a usual request with a token and a small body
constexpr std::size_t buffer_bytes_for_body = 16 * 1024;  // fewer system calls for a large one
constexpr std::size_t linger_bytes_max = 256 * 1024;      // what a refused client may still send before it is cut off
constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";

/// The promise to answer: whoever drops it has answered 500. Two pointers, so that Reply needs no allocation.
class ReplyPromise {
  public:
    explicit ReplyPromise(std::shared_ptr<HttpConnection> connection) : connection_(std::move(connection)) {}
    ReplyPromise(ReplyPromise&&) noexcept = default;
    ReplyPromise& operator=(ReplyPromise&&) = delete;
    ~ReplyPromise() { give(std::nullopt); }
    void operator()(HttpResponse response) { give(std::move(response)); }

  private:
    void give(std::optional<HttpResponse> response) {
        if (!connection_) return;
        HttpWorker& worker = connection_->worker();
        worker.deliver(std::move(connection_), std::move(response));
    }
    std::shared_ptr<HttpConnection> connection_;
};

}  // namespace

HttpConnection::HttpConnection(std::shared_ptr<HttpWorker> worker, asio::ip::tcp::socket socket)
    : worker_(std::move(worker)), socket_(std::move(socket)), reader_(worker_->shared().read_limits) {}

void HttpConnection::start(bool refuse_at_once) {
    error_code ec;
    const auto remote = socket_.remote_endpoint(ec);
    if (!ec) socket_.set_option(asio::ip::tcp::no_delay(true), ec);
    if (!ec) socket_.non_blocking(true, ec);
    if (ec) return close();
    remote_address_ = remote.address().to_string();
    remote_is_loopback_ = remote.address().is_loopback();
    set_deadline(worker_->shared().options.idle_timeout);
    if (refuse_at_once) return refuse(503);
    read();
}

void HttpConnection::set_deadline(std::chrono::milliseconds after) {
    deadline_ = worker_->now() + after + worker_->shared().tick;  // now() may be one tick old: never cut too early
}

void HttpConnection::make_room() {
    if (begin_ == end_) {
        begin_ = end_ = 0;
    } else if (begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    if (in_body_ && buffer_.size() < buffer_bytes_for_body) buffer_.resize(buffer_bytes_for_body);
    if (end_ == buffer_.size()) buffer_.resize(buffer_.empty() ? buffer_bytes_initial : buffer_.size() * 2);
}

void HttpConnection::read() {
    if (read_pending_) return;
    make_room();
    read_pending_ = true;
    socket_.async_read_some(
        asio::buffer(buffer_.data() + end_, buffer_.size() - end_),
        [self = shared_from_this()](const error_code& ec, std::size_t bytes) { self->on_read(ec, bytes); });
}

void HttpConnection::on_read(const error_code& ec, std::size_t bytes) {
    read_pending_ = false;
    if (state_ == State::closed) return;
    if (ec) return close();
    if (state_ == State::reading) {
        end_ += bytes;
        return pump();
    }
    if (state_ == State::streaming) {  // nothing more is expected; what comes is not looked at, but its end is
        linger_bytes_ += bytes;
        begin_ = end_ = 0;
        return linger_bytes_ > linger_bytes_max ? close() : read();
    }
    if (state_ != State::lingering) return;  // a timed-out request: its refusal is being written
    linger_bytes_ += bytes;
    if (linger_bytes_ > linger_bytes_max) return close();
    begin_ = end_ = 0;
    read();
}

void HttpConnection::pump() {
    pumping_ = true;
    while (state_ == State::reading) {
        const auto step = reader_.feed({buffer_.data() + begin_, end_ - begin_});
        ::explicit_bzero(buffer_.data() + begin_, step.consumed);  // a PIN need not wait here for the next request
        begin_ += step.consumed;
        switch (step.state) {
            case RequestReader::State::complete:
                hand_over();
                break;
            case RequestReader::State::refused:
                refuse(step.status);
                break;
            case RequestReader::State::need_more:
                wait_for_more();
                pumping_ = false;
                return;
        }
    }
    pumping_ = false;
}

void HttpConnection::wait_for_more() {
    const HttpServerOptions& options = worker_->shared().options;
    // The reader limits heads itself; what can still fill the buffer is a chunk header or trailer without an end.
    if (end_ - begin_ > options.header_bytes_max) return refuse(400);
    if (reader_.head_done() && !in_body_) {
        in_body_ = true;
        set_deadline(options.body_timeout);
    } else if (!in_head_ && !in_body_ && request_started()) {
        in_head_ = true;
        set_deadline(options.header_timeout);
    }
    if (reader_.take_expect_continue()) send_continue();
    if (state_ == State::reading) read();
}

void HttpConnection::send_continue() {
    error_code ec;
    const std::size_t sent = socket_.write_some(asio::buffer(continue_line), ec);
    if (ec || sent != continue_line.size()) close();  // not even 25 bytes fit: the client does not read
}

void HttpConnection::hand_over() {
    HttpServerShared& shared = worker_->shared();
    auto request = reader_.take_request();
    in_head_ = in_body_ = false;
    keep_alive_ = reader_.keep_alive();
    body_wanted_ = request->method != "HEAD";
    state_ = State::handling;
    shared.requests.fetch_add(1, std::memory_order_relaxed);
    if (shared.in_flight.fetch_add(1, std::memory_order_relaxed) >= shared.options.in_flight_max) {
        shared.in_flight.fetch_sub(1, std::memory_order_relaxed);
        shared.refused_overload.fetch_add(1, std::memory_order_relaxed);
        HttpResponse busy = shared.make_error(503);
        busy.headers.emplace_back("Retry-After", "1");
        return send(std::move(busy));
    }
    const auto& trusted = shared.options.trusted_proxies;
    request->remote_address =
        trusted.empty() ? remote_address_ : client_address(remote_address_, request->headers, trusted);
    request->remote_is_loopback = remote_is_loopback_;
    Reply reply{ReplyPromise(shared_from_this())};
    try {
        shared.handler(std::move(request), std::move(reply));
    } catch (...) {
        return;  // the promise was dropped while unwinding: the client has its 500
    }
}

void HttpConnection::reply(HttpResponse response) {
    if (state_ == State::handling) send(std::move(response));
}

void HttpConnection::refuse(int status) {
    refused_ = true;
    keep_alive_ = false;
    body_wanted_ = true;
    HttpResponse response = worker_->shared().make_error(status);
    if (status == 503) response.headers.emplace_back("Retry-After", "1");
    send(std::move(response));
}

void HttpConnection::send(HttpResponse response) {
    if (!is_sendable(response)) {
        response = worker_->shared().make_error(500);
        if (!is_sendable(response)) response = {.status = 500, .content_type = "text/plain", .body = {}};
    }
    if (response.stream && worker_->draining()) response = worker_->shared().make_error(503);
    if (worker_->draining() || response.stream) keep_alive_ = false;
    on_stream_ = body_wanted_ ? std::move(response.stream) : nullptr;
    response.stream = nullptr;
    const bool has_length = !on_stream_;
    write_response_head(head_, response, worker_->date(), keep_alive_, has_length);
    body_ = body_wanted_ && status_has_body(response.status) ? std::move(response.body) : std::string{};
    state_ = State::writing;
    write();
}

void HttpConnection::write() {
    // Tried at once: an answer nearly always fits into the socket's buffer, and then no trip through the loop is
    // needed.
    const std::array<asio::const_buffer, 2> parts{asio::buffer(head_), asio::buffer(body_)};
    error_code ec;
    std::size_t sent = socket_.write_some(parts, ec);
    if (ec == asio::error::would_block) {
        sent = 0;
    } else if (ec) {
        return close();
    }
    if (sent == head_.size() + body_.size()) return on_written();
    HttpServerShared& shared = worker_->shared();
    unsent_bytes_ = body_.size();
    if (shared.unsent_bytes.fetch_add(unsent_bytes_) + unsent_bytes_ > shared.options.unsent_bytes_max) return close();
    set_deadline(shared.options.write_timeout);
    const std::size_t of_head = std::min(sent, head_.size());
    const std::array<asio::const_buffer, 2> rest{asio::buffer(head_) + of_head, asio::buffer(body_) + (sent - of_head)};
    asio::async_write(socket_, rest, [self = shared_from_this()](const error_code& failed, std::size_t) {
        if (self->state_ == State::closed) return;
        if (failed) return self->close();
        self->on_written();
    });
}

void HttpConnection::forget_unsent() { worker_->shared().unsent_bytes.fetch_sub(std::exchange(unsent_bytes_, 0)); }

void HttpConnection::on_written() {
    ::explicit_bzero(body_.data(), body_.size());  // a card number, or a test card's PIN
    body_ = {};
    forget_unsent();
    if (on_stream_) return begin_stream();
    if (!keep_alive_) return linger();
    state_ = State::reading;
    set_deadline(worker_->shared().options.idle_timeout);
    if (!pumping_) pump();
}

void HttpConnection::begin_stream() {
    state_ = State::streaming;
    deadline_ = HttpWorker::Clock::time_point::max();
    linger_bytes_ = 0;
    begin_ = end_ = 0;
    stream_ =
        std::make_shared<HttpStream>(worker_, weak_from_this(), worker_->shared().options.stream_unsent_bytes_max);
    const auto begin = std::exchange(on_stream_, nullptr);
    read();  // to notice when the client goes
    try {
        begin(stream_);
    } catch (...) {
        return close();
    }
}

void HttpConnection::pump_stream() {
    if (state_ != State::streaming || stream_is_writing_) return;
    HttpStream::Taken taken = stream_->take();
    if (taken.bytes.empty()) return taken.is_last ? linger() : void();
    body_ = std::move(taken.bytes);
    stream_is_writing_ = true;
    set_deadline(worker_->shared().options.write_timeout);
    asio::async_write(socket_, asio::buffer(body_), [self = shared_from_this()](const error_code& failed, std::size_t) {
        self->stream_is_writing_ = false;
        if (self->state_ != State::streaming) return;
        if (failed) return self->close();
        self->stream_->sent();
        self->deadline_ = HttpWorker::Clock::time_point::max();
        self->pump_stream();
    });
}

void HttpConnection::linger() {
    // Closing with unread bytes makes the kernel reset the connection, and the client may lose our last answer. So a
    // refused client may go on sending for a while; one whose request was read to its end has nothing more to say.
    error_code ec;
    const bool unread = refused_ || end_ > begin_ || socket_.available(ec) > 0;
    if (ec || !unread) return close();
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ec);
    if (ec) return close();
    state_ = State::lingering;
    begin_ = end_ = 0;
    set_deadline(worker_->shared().options.linger_timeout);
    read();
}

void HttpConnection::check_deadline(HttpWorker::Clock::time_point now) {
    if (now < deadline_ || state_ == State::handling) return;
    if (state_ == State::reading && request_started()) return refuse(408);
    close();
}

void HttpConnection::close_if_idle() {
    const bool is_idle = state_ == State::reading && !request_started();
    if (is_idle || state_ == State::streaming) close();  // a stream has no end of its own to wait for
}

void HttpConnection::close() {
    if (state_ == State::closed) return;
    state_ = State::closed;
    on_stream_ = nullptr;
    if (stream_) stream_->close();
    forget_unsent();
    error_code ec;
    socket_.close(ec);
    worker_->remove(*this);
}

}  // namespace takas::net
