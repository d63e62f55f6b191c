#include "net/peer_client.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <map>
#include <thread>

#include "base/thread_name.hpp"
#include "net/http_message.hpp"
#include "net/peer_connection.hpp"

namespace takas::net {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds tick{50};  // how late a timeout may be noticed

/// "" when a header could break out of its line.
std::string wire_of(const PeerCall& call) {
    std::string wire;
    wire.reserve(call.body.size() + 1024);
    wire.append("POST ").append(call.target).append(" HTTP/1.1\r\nHost: ").append(call.address);
    wire.append("\r\nContent-Type: application/json\r\nContent-Length: ").append(std::to_string(call.body.size()));
    for (const auto& [name, value] : call.headers) {
        if (!is_safe_header(name, value)) return {};
        wire.append("\r\n").append(name).append(": ").append(value);
    }
    return wire.append("\r\n\r\n").append(call.body);
}

/// The connections to one server and the requests that wait for one.
class Peer final : public PeerConnectionOwner {
  public:
    Peer(asio::io_context& io, const PeerClientOptions& options, const std::string& address)
        : io_(io), options_(options) {
        const auto colon = address.rfind(':');
        host_ = address.substr(0, colon);
        port_ = colon == std::string::npos ? "" : address.substr(colon + 1);
        if (host_.starts_with('[') && host_.ends_with(']')) host_ = host_.substr(1, host_.size() - 2);
    }
    ~Peer() override {
        for (const auto& connection : std::exchange(all_, {})) connection->abandon();
        refuse_waiting();
    }

    void send(PeerJob job) {
        if (waiting_.size() >= options_.waiting_max) return job.end({});
        waiting_.push_back(std::move(job));
        hand_out();
    }

    void ready(const std::shared_ptr<PeerConnection>& connection) override {
        if (!is_connected_[connection->index_in_owner]) --connecting_;
        is_connected_[connection->index_in_owner] = true;
        idle_.push_back(connection);
        hand_out();
    }

    void closed(PeerConnection& connection, bool was_open) override {
        std::erase_if(idle_, [&](const auto& idle) { return idle.get() == &connection; });
        const std::size_t index = connection.index_in_owner;
        if (!was_open) --connecting_;
        if (index + 1 != all_.size()) {
            all_[index] = std::move(all_.back());
            all_[index]->index_in_owner = index;
            is_connected_[index] = is_connected_.back();
        }
        all_.pop_back();
        is_connected_.pop_back();
        // No connection comes about: who waits should not wait for each timeout in turn.
        if (!was_open) return refuse_waiting();
        hand_out();
    }

    void check_deadlines(Clock::time_point now) {
        const auto connections = all_;
        for (const auto& connection : connections) connection->check_deadline(now);
        std::deque<PeerJob> late;
        while (!waiting_.empty() && waiting_.front().deadline <= now) {
            late.push_back(std::move(waiting_.front()));
            waiting_.pop_front();
        }
        for (PeerJob& job : late) job.end({});
    }

  private:
    void hand_out() {
        while (!waiting_.empty() && !idle_.empty()) {
            const auto connection = std::move(idle_.back());  // the warmest; the others may grow old and close
            idle_.pop_back();
            PeerJob job = std::move(waiting_.front());
            waiting_.pop_front();
            connection->begin(std::move(job));
        }
        while (connecting_ < waiting_.size() && all_.size() < options_.connections_max) {
            auto connection = std::make_shared<PeerConnection>(io_, options_, *this);
            connection->index_in_owner = all_.size();
            all_.push_back(connection);
            is_connected_.push_back(false);
            ++connecting_;
            connection->connect(host_, port_);
        }
    }

    void refuse_waiting() {
        for (PeerJob& job : std::exchange(waiting_, {})) job.end({});
    }

    asio::io_context& io_;
    const PeerClientOptions& options_;
    std::string host_, port_;
    std::vector<std::shared_ptr<PeerConnection>> all_;  ///< each knows its index
    std::vector<bool> is_connected_;                    ///< beside all_
    std::vector<std::shared_ptr<PeerConnection>> idle_;
    std::size_t connecting_ = 0;
    std::deque<PeerJob> waiting_;
};

}  // namespace

class PeerClient::Impl {
  public:
    explicit Impl(PeerClientOptions options)
        : options_(options), work_(asio::make_work_guard(io_)), timer_(io_), thread_([this] {
              name_this_thread("peers");
              sweep();
              io_.run();
          }) {}

    ~Impl() {
        asio::post(io_, [this] {
            is_stopping_ = true;
            timer_.cancel();
            peers_.clear();
        });
        work_.reset();
        thread_.join();
    }

    void send(PeerCall call, Done done) {
        PeerJob job{wire_of(call), std::move(done), Clock::now() + options_.answer_timeout};
        if (job.wire.empty()) return job.end({});
        asio::post(io_, [this, address = std::move(call.address), job = std::move(job)]() mutable {
            if (is_stopping_) return job.end({});
            auto& peer = peers_[address];
            if (!peer) peer = std::make_unique<Peer>(io_, options_, address);
            peer->send(std::move(job));
        });
    }

  private:
    void sweep() {
        timer_.expires_after(tick);
        timer_.async_wait([this](const boost::system::error_code& ec) {
            if (ec || is_stopping_) return;
            const auto now = Clock::now();
            for (const auto& [address, peer] : peers_) peer->check_deadlines(now);
            sweep();
        });
    }

    PeerClientOptions options_;
    asio::io_context io_{1};
    asio::executor_work_guard<asio::io_context::executor_type> work_;
    asio::steady_timer timer_;
    std::map<std::string, std::unique_ptr<Peer>> peers_;
    bool is_stopping_ = false;
    std::thread thread_;
};

PeerClient::PeerClient(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PeerClient::~PeerClient() = default;

Result<std::unique_ptr<PeerClient>> PeerClient::start(PeerClientOptions options) {
    try {
        return std::unique_ptr<PeerClient>(new PeerClient(std::make_unique<Impl>(options)));
    } catch (const std::exception& e) {
        return fail(ErrorCode::unavailable, std::string("cannot start the client for other servers: ") + e.what());
    }
}

void PeerClient::send(PeerCall call, Done done) { impl_->send(std::move(call), std::move(done)); }

}  // namespace takas::net
