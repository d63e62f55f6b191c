// One outbound request from URL to result, as a coroutine on the client's I/O thread. See http_client.hpp.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "net/http_client.hpp"
#include "net/http_response_reader.hpp"
#include "net/outbound_guard.hpp"

namespace takas::net {

class HttpExchange : public std::enable_shared_from_this<HttpExchange> {
  public:
    using Clock = std::chrono::steady_clock;

    HttpExchange(boost::asio::io_context& io, boost::asio::thread_pool& resolvers, boost::asio::ssl::context& tls,
                 const HttpClientOptions& options, OutboundRequest request, HttpClient::Done done);
    /// Wipes what was sent: a card may have been in it.
    ~HttpExchange();
    HttpExchange(const HttpExchange&) = delete;
    HttpExchange& operator=(const HttpExchange&) = delete;

    /// Never throws; afterwards the result is complete. The caller keeps `this` alive.
    boost::asio::awaitable<void> run();
    void abort();                    ///< "shutdown": ends what is under way
    void finish(std::string error);  ///< gives the result to the caller: once

    OutboundResult result;
    std::size_t index_in_client = 0;

  private:
    using Stream = boost::beast::tcp_stream;
    using Code = boost::system::error_code;

    boost::asio::awaitable<std::string> perform();
    boost::asio::awaitable<std::string> resolve(const OutboundUrl& url, std::vector<IpAddress>& addresses);
    boost::asio::awaitable<std::string> connect(const std::vector<IpAddress>& addresses, std::uint16_t port);
    boost::asio::awaitable<std::string> shake_hands(const OutboundUrl& url);
    template <class AnyStream>
    boost::asio::awaitable<std::string> converse(AnyStream& stream, const OutboundUrl& url);
    bool headers_are_safe() const;
    std::string request_head(const OutboundUrl& url) const;
    std::string error_word(const Code& ec, std::string_view otherwise) const;

    boost::asio::thread_pool& resolvers_;
    boost::asio::ssl::context& tls_context_;
    const HttpClientOptions& options_;
    OutboundRequest request_;
    HttpClient::Done done_;
    Clock::time_point started_ = Clock::now();
    Clock::time_point deadline_;
    boost::asio::steady_timer resolving_;  ///< ends at the deadline, or earlier when the names are there
    Stream stream_;
    std::optional<boost::asio::ssl::stream<Stream&>> tls_;
    bool aborted_ = false;
};

}  // namespace takas::net
