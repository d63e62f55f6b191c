#include "net/http_worker.hpp"

#include <boost/asio/post.hpp>

#include "base/thread_name.hpp"
#include "net/http_connection.hpp"
#include "net/http_response_head.hpp"

namespace takas::net {

namespace asio = boost::asio;

HttpResponse HttpServerShared::make_error(int status) const {
    HttpResponse response;
    try {
        if (error_response) response = error_response(status);
    } catch (const std::exception&) {
        response = {};  // a bare status is still an answer
    }
    response.status = status;
    return response;
}

HttpWorker::HttpWorker(std::shared_ptr<HttpServerShared> shared)
    : shared_(std::move(shared)),
      work_(asio::make_work_guard(io_)),
      timer_(io_),
      date_(http_date(std::time(nullptr))) {}

void HttpWorker::start() {
    schedule_sweep();
    thread_ = std::thread([self = shared_from_this()] {
        name_this_thread("http");
        self->thread_id_ = std::this_thread::get_id();
        self->io_.run();
    });
}

void HttpWorker::stop() {
    if (!thread_.joinable()) return;
    asio::post(io_, [this] { shut_down(); });
    thread_.join();
}

void HttpWorker::shut_down() {
    {
        const std::lock_guard lock(mailbox_mutex_);
        mailbox_closed_ = true;
    }
    empty_mailbox();
    draining_ = true;
    while (!connections_.empty()) connections_.back()->close();
    timer_.cancel();
    work_.reset();
}

void HttpWorker::adopt(asio::ip::tcp::socket socket) {
    const bool full = shared_->connections.load(std::memory_order_relaxed) > shared_->options.connections_max;
    auto connection = std::make_shared<HttpConnection>(shared_from_this(), std::move(socket));
    connection->index_in_worker = connections_.size();
    connections_.push_back(connection);
    if (draining_) return connection->close();
    if (full) shared_->refused_overload.fetch_add(1, std::memory_order_relaxed);
    connection->start(full);
}

void HttpWorker::remove(HttpConnection& connection) {
    const std::size_t index = connection.index_in_worker;
    const auto keep_alive = std::move(connections_[index]);
    if (index + 1 != connections_.size()) {
        connections_[index] = std::move(connections_.back());
        connections_[index]->index_in_worker = index;
    }
    connections_.pop_back();
    if (shared_->connections.fetch_sub(1) == 1) {
        const std::lock_guard lock(shared_->empty_mutex);
        shared_->empty.notify_all();
    }
}

void HttpWorker::begin_drain() {
    draining_ = true;
    for (std::size_t i = connections_.size(); i-- > 0;) connections_[i]->close_if_idle();
}

void HttpWorker::deliver(std::shared_ptr<HttpConnection> connection, std::optional<HttpResponse> response) {
    if (std::this_thread::get_id() == thread_id_.load(std::memory_order_relaxed))
        return answer({std::move(connection), std::move(response)});
    bool wake = false;
    {
        const std::lock_guard lock(mailbox_mutex_);
        if (mailbox_closed_) {
            shared_->in_flight.fetch_sub(1, std::memory_order_relaxed);
            return;
        }
        wake = mailbox_.empty();
        mailbox_.push_back({std::move(connection), std::move(response)});
    }
    // One wake-up for all the answers that one store commit sets free.
    if (wake) asio::post(io_, [self = shared_from_this()] { self->empty_mailbox(); });
}

void HttpWorker::empty_mailbox() {
    {
        const std::lock_guard lock(mailbox_mutex_);
        reading_.swap(mailbox_);
    }
    for (Letter& letter : reading_) answer(std::move(letter));
    reading_.clear();
}

void HttpWorker::answer(Letter letter) {
    shared_->in_flight.fetch_sub(1, std::memory_order_relaxed);
    letter.connection->reply(letter.response ? std::move(*letter.response) : shared_->make_error(500));
}

void HttpWorker::schedule_sweep() {
    timer_.expires_after(shared_->tick);
    timer_.async_wait([self = shared_from_this()](const boost::system::error_code& ec) {
        if (!ec) self->sweep();
    });
}

void HttpWorker::sweep() {
    now_ = Clock::now();
    if (const std::time_t second = std::time(nullptr); second != date_second_) {
        date_second_ = second;
        date_ = http_date(second);
    }
    // From the back: a connection that closes itself is replaced by the last one, which was already visited.
    for (std::size_t i = connections_.size(); i-- > 0;) {
        const auto connection = connections_[i];
        connection->check_deadline(now_);
    }
    if (tick_action_) tick_action_();
    if (!work_.owns_work()) return;
    schedule_sweep();
}

}  // namespace takas::net
