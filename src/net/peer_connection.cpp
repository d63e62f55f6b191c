#include "net/peer_connection.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/write.hpp>

namespace takas::net {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {
constexpr std::size_t header_bytes_max = 16 * 1024;  // as the server's own limit for requests
}

void PeerConnection::connect(const std::string& host, const std::string& port) {
    deadline_ = Clock::now() + options_.connect_timeout;
    const auto on_connected = [self = shared_from_this()](const Code& ec, const tcp::endpoint&) {
        if (self->is_closed_) return;
        if (ec) return self->close();
        self->opened();
    };
    resolver_.async_resolve(
        host, port,
        [self = shared_from_this(), on_connected](const Code& ec, const tcp::resolver::results_type& found) {
            if (self->is_closed_) return;
            if (ec) return self->close();
            asio::async_connect(self->socket_, found, on_connected);
        });
}

void PeerConnection::opened() {
    Code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    is_open_ = true;
    deadline_ = Clock::now() + options_.idle_timeout;
    read();
    owner_->ready(shared_from_this());
}

void PeerConnection::begin(PeerJob job) {
    deadline_ = job.deadline;
    job_ = std::move(job);
    reader_.emplace(header_bytes_max, options_.body_bytes_max, true);
    is_writing_ = true;
    asio::async_write(socket_, asio::buffer(job_->wire), [self = shared_from_this()](const Code& ec, std::size_t) {
        self->is_writing_ = false;
        if (ec) self->close();
    });
}

void PeerConnection::read() {
    socket_.async_read_some(asio::buffer(buffer_), [self = shared_from_this()](const Code& ec, std::size_t bytes) {
        self->on_read(ec, bytes);
    });
}

void PeerConnection::on_read(const Code& ec, std::size_t bytes) {
    if (is_closed_) return;
    if (ec || !job_) return close();  // also a server that speaks without being asked
    const auto state = reader_->feed({buffer_.data(), bytes});
    if (state == ResponseReader::State::need_more) return read();
    // An answer that came before the request had left is a refusal of something else: not to be trusted.
    if (state != ResponseReader::State::complete || is_writing_ || reader_->body_truncated()) return close();
    complete();
}

void PeerConnection::complete() {
    PeerJob job = std::move(*job_);
    job_.reset();
    const bool stays_open = reader_->keep_alive();
    PeerResult result{PeerResult::Ended::answered, reader_->status(), std::move(reader_->body())};
    if (stays_open) {
        deadline_ = Clock::now() + options_.idle_timeout;
        read();
        owner_->ready(shared_from_this());
    } else {
        close();
    }
    job.end(std::move(result));
}

void PeerConnection::check_deadline(Clock::time_point now) {
    if (now >= deadline_) close();
}

void PeerConnection::abandon() {
    owner_ = nullptr;
    close();
}

void PeerConnection::close() {
    if (std::exchange(is_closed_, true)) return;
    const auto self = shared_from_this();
    Code ignored;
    resolver_.cancel();
    socket_.close(ignored);
    if (owner_) owner_->closed(*this, is_open_);
    if (job_) job_->end({PeerResult::Ended::unanswered, 0, {}});
}

}  // namespace takas::net
