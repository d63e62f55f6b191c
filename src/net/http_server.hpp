// An HTTP/1.1 server: one event loop per thread, limits on everything, requests of one connection answered in order.
// It knows bytes and limits; routing, authentication and JSON are the doors' work. TLS ends in front of it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "net/http_message.hpp"

namespace takas::net {

/// Answers one request. May be called from any thread, once; destroyed uncalled, the client gets a 500.
using Reply = std::move_only_function<void(HttpResponse)>;

/// Called on an I/O thread and must not block it. The request lives as long as the pointer is kept.
using Handler = std::function<void(std::shared_ptr<const HttpRequest>, Reply)>;

/// Renders the answers that the server itself gives: 400, 408, 413, 431, 500, 503. Called on I/O threads.
using ErrorResponseMaker = std::function<HttpResponse(int status)>;

struct HttpServerOptions {
    std::string address = "127.0.0.1";  ///< a literal IPv4 or IPv6 address
    std::uint16_t port = 0;             ///< 0: any free port
    int threads = 1;                    ///< event loops
    /// Addresses and ranges whose X-Forwarded-For is believed (net/forwarded.hpp).
    std::vector<std::string> trusted_proxies{};

    std::size_t header_bytes_max = 16 * 1024;  ///< two large JWTs fit; more is an attack or a cookie gone wild
    std::size_t header_count_max = 100;        ///< browsers send about 20
    std::size_t body_bytes_max = 1024 * 1024;  ///< the largest documented body (a bulk import page) is under 512 KiB
    std::size_t connections_max = 10'000;      ///< about 8 KiB each: 80 MB
    std::size_t unsent_bytes_max = 128 * 1024 * 1024;  ///< answers that slow readers leave here, all together
    std::size_t stream_unsent_bytes_max = 512 * 1024;  ///< what one stream's client may leave unread
    std::size_t in_flight_max = 4096;  ///< at 10,000 requests/s this is 400 ms of work: more only adds waiting

    std::chrono::milliseconds idle_timeout{75'000};    ///< above the 60 s of common load balancers: they close first
    std::chrono::milliseconds header_timeout{10'000};  ///< first byte to end of head; a slow loris needs minutes
    std::chrono::milliseconds body_timeout{30'000};    ///< 1 MiB in 30 s is a 280 kbit/s line
    std::chrono::milliseconds write_timeout{30'000};   ///< the same for answers
    std::chrono::milliseconds linger_timeout{
        2'000};  ///< a refused client may still be sending: let it read the refusal
};

struct HttpServerStats {
    std::size_t connections = 0;
    std::size_t in_flight = 0;  ///< handed to the handler, not yet answered
    std::uint64_t requests = 0;
    std::uint64_t refused_overload = 0;  ///< answered 503 by the limits above
};

class HttpServer {
  public:
    /// Listens and starts the threads. Fails (ErrorCode::unavailable) when the address is not usable or taken.
    static Result<std::unique_ptr<HttpServer>> start(HttpServerOptions options, Handler handler,
                                                     ErrorResponseMaker error_response = {});

    /// Closes everything at once; call drain() first to be polite. Replies that come later are dropped.
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    std::uint16_t port() const;

    /// Stops accepting, closes idle connections, lets requests in flight finish (answered with Connection: close).
    /// Returns when all connections are gone or the time is over; true when nothing had to be cut off.
    bool drain(std::chrono::milliseconds patience);

    HttpServerStats stats() const;

  private:
    class Impl;
    explicit HttpServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace takas::net
