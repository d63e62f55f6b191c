// One client connection as a small state machine: read, hand over, write, and again. At most one request at a time is
// with the handler, so pipelined requests are answered in order. Runs on its worker's thread only.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "net/http_worker.hpp"

namespace takas::net {

class HttpStream;

class HttpConnection : public std::enable_shared_from_this<HttpConnection> {
  public:
    HttpConnection(std::shared_ptr<HttpWorker> worker, boost::asio::ip::tcp::socket socket);

    void start(bool refuse);  ///< refuse: answer 503 at once and close
    void reply(HttpResponse response);
    void check_deadline(HttpWorker::Clock::time_point now);
    void close_if_idle();
    void pump_stream();  ///< sends what was written to the stream
    void close();
    HttpWorker& worker() { return *worker_; }

    std::size_t index_in_worker = 0;

  private:
    enum class State : std::uint8_t { reading, handling, writing, streaming, lingering, closed };

    void read();
    void on_read(const boost::system::error_code& ec, std::size_t bytes);
    void make_room();
    void pump();
    void wait_for_more();
    void send_continue();
    void hand_over();
    void refuse(int status);
    void send(HttpResponse response);
    void write();
    void on_written();
    void begin_stream();
    void forget_unsent();
    void linger();
    void set_deadline(std::chrono::milliseconds after);
    bool request_started() const { return end_ > begin_ || reader_.head_done(); }

    std::shared_ptr<HttpWorker> worker_;
    boost::asio::ip::tcp::socket socket_;
    std::string remote_address_;
    bool remote_is_loopback_ = false;

    State state_ = State::reading;
    HttpWorker::Clock::time_point deadline_;
    bool read_pending_ = false;
    bool pumping_ = false;
    bool keep_alive_ = true;
    bool refused_ = false;                    ///< in the middle of a request: more of it may still come
    bool body_wanted_ = true;                 ///< false: HEAD
    bool in_head_ = false, in_body_ = false;  ///< which deadline is running

    RequestReader reader_;
    std::string buffer_;  ///< size() is the capacity; [begin_, end_) is not yet understood
    std::size_t begin_ = 0, end_ = 0;
    std::size_t linger_bytes_ = 0;

    std::string head_;
    std::string body_;
    std::function<void(std::shared_ptr<ResponseStream>)> on_stream_;  ///< of the answer that is being written
    std::shared_ptr<HttpStream> stream_;
    bool stream_is_writing_ = false;
    std::size_t unsent_bytes_ = 0;  ///< counted in the server's sum of unread answers
};

}  // namespace takas::net
