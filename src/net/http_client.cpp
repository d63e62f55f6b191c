#include "net/http_client.hpp"

#include <netdb.h>
#include <netinet/in.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <cstring>
#include <deque>
#include <thread>

#include "base/thread_name.hpp"
#include "net/http_exchange.hpp"

namespace takas::net {

namespace asio = boost::asio;

class HttpClient::Impl {
  public:
    explicit Impl(HttpClientOptions options)
        : options_(std::move(options)),
          work_(asio::make_work_guard(io_)),
          resolvers_(std::max<std::size_t>(options_.resolver_threads, 1)),
          tls_(asio::ssl::context::tls_client) {
        SSL_CTX_set_min_proto_version(tls_.native_handle(), TLS1_2_VERSION);
        tls_.set_default_verify_paths();
        if (!options_.extra_ca_file.empty()) tls_.load_verify_file(options_.extra_ca_file);
        tls_.set_verify_mode(asio::ssl::verify_peer);
        thread_ = std::thread([this] {
            name_this_thread("http-client");
            io_.run();
        });
    }

    ~Impl() {
        asio::post(io_, [this] { abort_all(); });
        resolvers_.stop();
        resolvers_.join();
        work_.reset();
        thread_.join();
    }

    void send(OutboundRequest request, Done done) {
        auto exchange =
            std::make_shared<HttpExchange>(io_, resolvers_, tls_, options_, std::move(request), std::move(done));
        asio::post(io_, [this, exchange] { admit(exchange); });
    }

  private:
    void admit(const std::shared_ptr<HttpExchange>& exchange) {
        if (stopping_) return exchange->finish("shutdown");
        if (active_.size() < options_.concurrency_max) return begin(exchange);
        if (waiting_.size() >= options_.queue_max) return exchange->finish("overloaded");
        waiting_.push_back(exchange);
    }

    void begin(const std::shared_ptr<HttpExchange>& exchange) {
        exchange->index_in_client = active_.size();
        active_.push_back(exchange);
        asio::co_spawn(io_, exchange->run(), [this, exchange](const std::exception_ptr&) { end(*exchange); });
    }

    void end(HttpExchange& exchange) {
        const std::size_t index = exchange.index_in_client;
        if (index + 1 != active_.size()) {
            active_[index] = std::move(active_.back());
            active_[index]->index_in_client = index;
        }
        active_.pop_back();
        if (waiting_.empty() || stopping_) return;
        const auto next = std::move(waiting_.front());
        waiting_.pop_front();
        begin(next);
    }

    void abort_all() {
        stopping_ = true;
        for (const auto& exchange : waiting_) exchange->finish("shutdown");
        waiting_.clear();
        for (const auto& exchange : active_) exchange->abort();
    }

    HttpClientOptions options_;
    asio::io_context io_{1};
    asio::executor_work_guard<asio::io_context::executor_type> work_;
    asio::thread_pool resolvers_;
    asio::ssl::context tls_;
    std::vector<std::shared_ptr<HttpExchange>> active_;
    std::deque<std::shared_ptr<HttpExchange>> waiting_;
    bool stopping_ = false;
    std::thread thread_;
};

std::vector<IpAddress> resolve_with_system(const std::string& host) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG;
    addrinfo* list = nullptr;
    if (getaddrinfo(host.c_str(), nullptr, &hints, &list) != 0) return {};
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(list, freeaddrinfo);
    std::vector<IpAddress> found;
    for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
        IpAddress address;
        if (entry->ai_family == AF_INET) {
            sockaddr_in in{};
            std::memcpy(&in, entry->ai_addr, sizeof in);
            std::memcpy(address.bytes.data(), &in.sin_addr, address.size = 4);
        } else if (entry->ai_family == AF_INET6) {
            sockaddr_in6 in{};
            std::memcpy(&in, entry->ai_addr, sizeof in);
            std::memcpy(address.bytes.data(), &in.sin6_addr, address.size = 16);
        }
        if (address.size > 0) found.push_back(address);
    }
    return found;
}

HttpClient::HttpClient(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpClient::~HttpClient() = default;

Result<std::unique_ptr<HttpClient>> HttpClient::start(HttpClientOptions options) {
    try {
        return std::unique_ptr<HttpClient>(new HttpClient(std::make_unique<Impl>(std::move(options))));
    } catch (const std::exception& e) {
        return fail(ErrorCode::unavailable, std::string("cannot start the HTTP client: ") + e.what());
    }
}

void HttpClient::send(OutboundRequest request, Done done) { impl_->send(std::move(request), std::move(done)); }

}  // namespace takas::net
