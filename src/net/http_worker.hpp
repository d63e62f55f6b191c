// One event loop on one thread and the connections that live on it: the coarse clock, the sweep that enforces every
// timeout (one timer per thread instead of one per operation), and the mailbox through which other threads answer.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "net/http_request_reader.hpp"
#include "net/http_server.hpp"

namespace takas::net {

class HttpConnection;

/// What all threads of one server share.
struct HttpServerShared {
    HttpServerOptions options;
    ReadLimits read_limits;
    Handler handler;
    ErrorResponseMaker error_response;
    std::chrono::milliseconds tick;  ///< how late a timeout may be noticed

    std::atomic<std::size_t> connections{0};
    std::atomic<std::size_t> in_flight{0};
    std::atomic<std::size_t> unsent_bytes{0};  ///< of answers that their clients have not read yet
    std::atomic<std::uint64_t> requests{0};
    std::atomic<std::uint64_t> refused_overload{0};
    std::mutex empty_mutex;
    std::condition_variable empty;  ///< signalled when the last connection is gone

    HttpResponse make_error(int status) const;
};

class HttpWorker : public std::enable_shared_from_this<HttpWorker> {
  public:
    using Clock = std::chrono::steady_clock;

    explicit HttpWorker(std::shared_ptr<HttpServerShared> shared);
    void start();  ///< runs the loop on a new thread
    void stop();   ///< from another thread: closes every connection and joins

    boost::asio::io_context& io() { return io_; }
    HttpServerShared& shared() { return *shared_; }

    /// From any thread: the answer of a connection of this worker; nothing means "the handler gave none".
    void deliver(std::shared_ptr<HttpConnection> connection, std::optional<HttpResponse> response);

    // The rest belongs to the worker's own thread.
    void adopt(boost::asio::ip::tcp::socket socket);
    void remove(HttpConnection& connection);
    void begin_drain();
    bool draining() const { return draining_; }
    Clock::time_point now() const { return now_; }  ///< at most one tick old
    const std::string& date() const { return date_; }
    void on_tick(std::function<void()> action) { tick_action_ = std::move(action); }

  private:
    struct Letter {
        std::shared_ptr<HttpConnection> connection;
        std::optional<HttpResponse> response;
    };
    void answer(Letter letter);
    void empty_mailbox();
    void schedule_sweep();
    void sweep();
    void shut_down();

    std::shared_ptr<HttpServerShared> shared_;
    boost::asio::io_context io_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
    boost::asio::steady_timer timer_;
    std::thread thread_;
    std::atomic<std::thread::id> thread_id_;
    std::vector<std::shared_ptr<HttpConnection>> connections_;  ///< each knows its index
    std::function<void()> tick_action_;
    Clock::time_point now_ = Clock::now();
    std::time_t date_second_ = 0;
    std::string date_;
    bool draining_ = false;

    std::mutex mailbox_mutex_;
    std::vector<Letter> mailbox_;
    bool mailbox_closed_ = false;
    std::vector<Letter> reading_;  ///< swapped with the mailbox, so that neither reallocates
};

}  // namespace takas::net
