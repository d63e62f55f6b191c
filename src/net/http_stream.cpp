#include "net/http_stream.hpp"

#include <boost/asio/post.hpp>

#include "net/http_connection.hpp"

namespace takas::net {

bool HttpStream::write(std::string_view bytes) {
    {
        const std::lock_guard lock(mutex_);
        if (!is_open_ || is_ended_) return false;
        if (waiting_.size() + taken_bytes_ + bytes.size() > bytes_max_) {
            is_ended_ = true;  // a client that reads so slowly comes back and reads on
            waiting_.clear();
        } else {
            waiting_.append(bytes);
        }
    }
    wake();
    return is_open();
}

std::size_t HttpStream::unsent_bytes() const {
    const std::lock_guard lock(mutex_);
    return waiting_.size() + taken_bytes_;
}

bool HttpStream::is_open() const {
    const std::lock_guard lock(mutex_);
    return is_open_ && !is_ended_;
}

void HttpStream::end() {
    {
        const std::lock_guard lock(mutex_);
        if (!is_open_ || std::exchange(is_ended_, true)) return;
    }
    wake();
}

HttpStream::Taken HttpStream::take() {
    const std::lock_guard lock(mutex_);
    is_woken_ = false;
    taken_bytes_ = waiting_.size();
    return {std::exchange(waiting_, {}), is_ended_};
}

void HttpStream::sent() {
    const std::lock_guard lock(mutex_);
    taken_bytes_ = 0;
}

void HttpStream::close() {
    const std::lock_guard lock(mutex_);
    is_open_ = false;
    waiting_.clear();
    taken_bytes_ = 0;
}

/// One trip through the loop for all that is written before the connection looks.
void HttpStream::wake() {
    {
        const std::lock_guard lock(mutex_);
        if (!is_open_ || std::exchange(is_woken_, true)) return;
    }
    boost::asio::post(worker_->io(), [connection = connection_] {
        if (const auto alive = connection.lock()) alive->pump_stream();
    });
}

}  // namespace takas::net
