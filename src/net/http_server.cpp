#include "net/http_server.hpp"

#include <algorithm>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <future>

#include "net/http_worker.hpp"

namespace takas::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// Beyond connections_max a client still gets its 503; beyond this many more the socket is simply closed.
constexpr std::size_t refusals_at_once_max = 256;

std::chrono::milliseconds tick_for(const HttpServerOptions& o) {
    // A quarter of the shortest timeout keeps the error below 50 %; a second is coarse enough to cost nothing.
    const auto shortest =
        std::min({o.idle_timeout, o.header_timeout, o.body_timeout, o.write_timeout, o.linger_timeout});
    return std::clamp(shortest / 4, std::chrono::milliseconds(5), std::chrono::milliseconds(1000));
}

}  // namespace

class HttpServer::Impl {
  public:
    Impl(HttpServerOptions options, Handler handler, ErrorResponseMaker error_response)
        : shared_(std::make_shared<HttpServerShared>()) {
        shared_->read_limits = {options.header_bytes_max, options.header_count_max, options.body_bytes_max};
        shared_->tick = tick_for(options);
        shared_->handler = std::move(handler);
        shared_->error_response = std::move(error_response);
        const int threads = std::clamp(options.threads, 1, 256);
        shared_->options = std::move(options);
        for (int i = 0; i < threads; ++i) workers_.push_back(std::make_shared<HttpWorker>(shared_));
        acceptor_.emplace(workers_[0]->io());
    }

    ~Impl() {
        close_acceptor();
        for (const auto& worker : workers_) worker->stop();
        shared_->handler = nullptr;  // late replies may keep `shared_`, but what the handler captured goes now
        shared_->error_response = nullptr;
    }

    error_code listen() {
        const HttpServerOptions& options = shared_->options;
        error_code ec;
        const auto address = asio::ip::make_address(options.address, ec);
        if (ec) return ec;
        const tcp::endpoint endpoint(address, options.port);
        if (acceptor_->open(endpoint.protocol(), ec); ec) return ec;
        if (acceptor_->set_option(tcp::acceptor::reuse_address(true), ec); ec) return ec;
        if (acceptor_->bind(endpoint, ec); ec) return ec;
        if (acceptor_->listen(asio::socket_base::max_listen_connections, ec); ec) return ec;
        port_ = acceptor_->local_endpoint(ec).port();
        return ec;
    }

    void run() {
        workers_[0]->on_tick([this] {
            if (std::exchange(accept_paused_, false)) accept();
        });
        accept();
        for (const auto& worker : workers_) worker->start();
        running_ = true;
    }

    bool drain(std::chrono::milliseconds patience) {
        close_acceptor();
        for (const auto& worker : workers_) asio::post(worker->io(), [worker] { worker->begin_drain(); });
        std::unique_lock lock(shared_->empty_mutex);
        return shared_->empty.wait_for(lock, patience, [this] { return shared_->connections == 0; });
    }

    std::uint16_t port() const { return port_; }
    const HttpServerShared& shared() const { return *shared_; }

  private:
    void accept() {
        const auto& worker = workers_[next_++ % workers_.size()];
        acceptor_->async_accept(worker->io(), [this, worker](const error_code& ec, tcp::socket socket) {
            if (!acceptor_->is_open()) return;
            if (ec) {
                accept_paused_ = true;  // out of descriptors, most likely: the next tick tries again
                return;
            }
            hand_to(worker, std::move(socket));
            accept();
        });
    }

    void hand_to(const std::shared_ptr<HttpWorker>& worker, tcp::socket socket) {
        if (shared_->connections.fetch_add(1) >= shared_->options.connections_max + refusals_at_once_max) {
            shared_->connections.fetch_sub(1);
            return;
        }
        asio::dispatch(worker->io(), [worker, s = std::move(socket)]() mutable { worker->adopt(std::move(s)); });
    }

    void close_acceptor() {
        if (!std::exchange(running_, false)) return;
        std::promise<void> closed;
        asio::post(workers_[0]->io(), [this, &closed] {
            error_code ec;
            acceptor_->close(ec);
            accept_paused_ = false;
            closed.set_value();
        });
        closed.get_future().wait();
    }

    std::shared_ptr<HttpServerShared> shared_;
    std::vector<std::shared_ptr<HttpWorker>> workers_;
    std::optional<tcp::acceptor> acceptor_;  ///< on the first worker's loop
    std::size_t next_ = 0;
    bool accept_paused_ = false;
    bool running_ = false;
    std::uint16_t port_ = 0;
};

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() = default;

Result<std::unique_ptr<HttpServer>> HttpServer::start(HttpServerOptions options, Handler handler,
                                                      ErrorResponseMaker error_response) {
    try {
        const std::string where = options.address + ":" + std::to_string(options.port);
        auto impl = std::make_unique<Impl>(std::move(options), std::move(handler), std::move(error_response));
        if (const error_code ec = impl->listen())
            return fail(ErrorCode::unavailable, "cannot listen on " + where + ": " + ec.message());
        impl->run();
        return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
    } catch (const std::exception& e) {
        return fail(ErrorCode::unavailable, std::string("cannot start the HTTP server: ") + e.what());
    }
}

std::uint16_t HttpServer::port() const { return impl_->port(); }
bool HttpServer::drain(std::chrono::milliseconds patience) { return impl_->drain(patience); }

HttpServerStats HttpServer::stats() const {
    const HttpServerShared& s = impl_->shared();
    return {.connections = s.connections,
            .in_flight = s.in_flight,
            .requests = s.requests,
            .refused_overload = s.refused_overload};
}

}  // namespace takas::net
