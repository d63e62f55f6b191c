#include "load.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <deque>
#include <span>
#include <stdexcept>
#include <string_view>

#include "request_text.hpp"

namespace takas::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Connection {
    int fd = -1;
    std::string received;
    std::size_t target = 0;
    Clock::time_point due;  ///< of the request that is under way
};

class Driver {
  public:
    explicit Driver(const LoadPlan& plan)
        : plan_(plan), request_(plan.access_token, plan.tokens.front()), epoll_(epoll_create1(EPOLL_CLOEXEC)) {
        targets_.push_back({plan.port, plan.tokens, 0});
        for (const LoadTarget& more : plan.more_servers) targets_.push_back({more.port, more.tokens, 0});
        connections_.resize(static_cast<std::size_t>(plan.connections));
        for (std::size_t i = 0; i < connections_.size(); ++i) connect(i);
    }
    ~Driver() {
        for (const auto& c : connections_) close(c.fd);
        close(epoll_);
    }
    Driver(const Driver&) = delete;
    Driver& operator=(const Driver&) = delete;

    LoadResult run() {
        timespec cpu_before{}, cpu_after{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &cpu_before);
        begin_ = Clock::now();
        measured_from_ = begin_ + plan_.warm_up;
        if (plan_.rate > 0)
            for (std::size_t i = 0; i < connections_.size(); ++i) free_.push_back(i);
        else
            for (std::size_t i = 0; i < connections_.size(); ++i) next(i);
        while (!finished()) turn();
        result_.seconds = std::chrono::duration<double>(Clock::now() - measured_from_).count();
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &cpu_after);
        const double cpu_ns = static_cast<double>(cpu_after.tv_sec - cpu_before.tv_sec) * 1e9 +
                              static_cast<double>(cpu_after.tv_nsec - cpu_before.tv_nsec);
        const auto answers = static_cast<double>(std::max<std::size_t>(answered_, 1));
        result_.sent_bytes = static_cast<double>(sent_bytes_) / answers;
        result_.received_bytes = static_cast<double>(received_bytes_) / answers;
        result_.client_cpu_us = cpu_ns / 1000 / answers;
        std::ranges::sort(result_.latencies_us);
        return std::move(result_);
    }

  private:
    struct Target {
        std::uint16_t port;
        std::span<const std::int64_t> tokens;
        std::size_t sent;
    };

    void connect(std::size_t index) {
        Connection& c = connections_[index];
        c.target = index % targets_.size();
        c.fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(targets_[c.target].port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(c.fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0)
            throw std::runtime_error("the server does not take connections");
        const int on = 1;
        setsockopt(c.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = index;
        epoll_ctl(epoll_, EPOLL_CTL_ADD, c.fd, &event);
    }

    bool may_begin() const {
        if (plan_.requests > 0) return sent_ < plan_.requests;
        return Clock::now() - measured_from_ < plan_.duration;
    }
    bool finished() const { return answered_ == sent_ && backlog_.empty() && !may_begin(); }

    /// The moment at which the next request of an open loop is due.
    Clock::time_point next_due() const {
        return begin_ +
               std::chrono::nanoseconds(static_cast<std::int64_t>(static_cast<double>(scheduled_) * 1e9 / plan_.rate));
    }

    void turn() {
        timespec patience{0, 100'000'000};
        if (plan_.rate > 0) {
            while (may_begin() && next_due() <= Clock::now()) {
                backlog_.push_back(next_due());
                ++scheduled_;
                send_backlog();
            }
            const auto wait = std::clamp<std::int64_t>((next_due() - Clock::now()).count(), 0, 100'000'000);
            patience.tv_nsec = wait;
        }
        epoll_event events[64];
        const int count = epoll_pwait2(epoll_, events, 64, &patience, nullptr);
        for (int i = 0; i < count; ++i) receive(events[i].data.u64);
    }

    void send_backlog() {
        while (!backlog_.empty() && !free_.empty()) {
            const std::size_t index = free_.back();
            free_.pop_back();
            send(index, backlog_.front());
            backlog_.pop_front();
        }
    }

    void next(std::size_t index) {
        if (may_begin()) send(index, Clock::now());
    }

    void send(std::size_t index, Clock::time_point due) {
        Connection& c = connections_[index];
        c.due = due;
        Target& target = targets_[c.target];
        const auto text = request_.render(target.tokens[target.sent++ % target.tokens.size()],
                                          plan_.first_message_no + static_cast<std::uint32_t>(sent_));
        ++sent_;
        sent_bytes_ += text.size();
        if (::send(c.fd, text.data(), text.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(text.size()))
            throw std::runtime_error("the server closed a connection");
    }

    void receive(std::size_t index) {
        Connection& c = connections_[index];
        char buffer[16 * 1024];
        const ssize_t n = recv(c.fd, buffer, sizeof(buffer), MSG_DONTWAIT);
        if (n <= 0) throw std::runtime_error("the server closed a connection");
        received_bytes_ += static_cast<std::size_t>(n);
        c.received.append(buffer, static_cast<std::size_t>(n));
        const std::string_view all = c.received;
        const auto head_end = all.find("\r\n\r\n");
        if (head_end == std::string_view::npos) return;
        const auto length_at = all.find("Content-Length: ");
        if (length_at == std::string_view::npos || length_at > head_end)
            throw std::runtime_error("an answer without a length");
        const auto length = static_cast<std::size_t>(std::strtoul(all.data() + length_at + 16, nullptr, 10));
        if (all.size() < head_end + 4 + length) return;
        count(all.substr(0, 12), all.substr(head_end + 4, length), c.due);
        c.received.clear();
        if (plan_.rate > 0) {
            free_.push_back(index);
            send_backlog();
        } else {
            next(index);
        }
    }

    void count(std::string_view status, std::string_view body, Clock::time_point due) {
        ++answered_;
        const auto now = Clock::now();
        const bool is_approved = body.find("\"isSuccess\":true") != std::string_view::npos;
        if (due < measured_from_ && is_approved) {
            ++result_.warm_up_approved;
            return;
        }
        if (status != "HTTP/1.1 200") {
            if (result_.other++ == 0) fmt::print(stderr, "unexpected answer: {} {}\n", status, body.substr(0, 400));
        } else if (is_approved) {
            ++result_.approved;
        } else {
            if (result_.declined++ == 0) fmt::print(stderr, "declined: {}\n", body.substr(0, 400));
        }
        result_.latencies_us.push_back(
            static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::microseconds>(now - due).count()));
    }

    const LoadPlan& plan_;
    RequestText request_;
    int epoll_;
    std::vector<Target> targets_;
    std::vector<Connection> connections_;
    std::vector<std::size_t> free_;
    std::deque<Clock::time_point> backlog_;
    Clock::time_point begin_, measured_from_;
    std::size_t sent_ = 0, answered_ = 0, scheduled_ = 0, sent_bytes_ = 0, received_bytes_ = 0;
    LoadResult result_;
};

}  // namespace

double LoadResult::percentile_ms(double share) const {
    if (latencies_us.empty()) return 0;
    const auto rank = static_cast<std::size_t>(share * static_cast<double>(latencies_us.size() - 1));
    return static_cast<double>(latencies_us[rank]) / 1000;
}

LoadResult run_load(const LoadPlan& plan) { return Driver(plan).run(); }

}  // namespace takas::bench
