// For tests: a network that fails on purpose. Relays connections to a server and can hold back what goes one way, cut
// everything, or be unreachable.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace takas::store::postgres {

class FaultyProxy {
  public:
    explicit FaultyProxy(int server_port) : server_port_(server_port), listener_(listen_somewhere()) {
        thread_ = std::thread([this] { work(); });
    }
    ~FaultyProxy() {
        ends_ = true;
        thread_.join();
        close(listener_);
    }
    FaultyProxy(const FaultyProxy&) = delete;
    FaultyProxy& operator=(const FaultyProxy&) = delete;

    int port() const { return port_; }
    std::atomic<bool> holds_requests = false;  ///< the server hears nothing; what was held is lost with the connection
    std::atomic<bool> holds_answers = false;   ///< the client hears nothing
    std::atomic<bool> is_unreachable = false;  ///< new connections are closed at once
    std::atomic<long> held_bytes = 0;

    /// Closes every connection, on both sides.
    void cut() {
        cuts_ = true;
        while (cuts_) std::this_thread::yield();
    }
    /// Waits until something was held back.
    void wait_for_held() const {
        while (held_bytes == 0) std::this_thread::yield();
    }

  private:
    struct Pair {
        int client, server;
    };

    int listen_somewhere() {
        const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        bind(fd, reinterpret_cast<sockaddr*>(&address), size);
        listen(fd, 64);
        getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        return fd;
    }

    void accept_one() {
        const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (is_unreachable) {
            close(client);
            return;
        }
        const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(server_port_));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connect(server, reinterpret_cast<sockaddr*>(&address), sizeof address);
        pairs_.push_back({client, server});
    }

    /// False when one side is gone.
    bool relay(int from, int to, bool holds) {
        std::array<char, 65536> buffer{};
        const ssize_t got = recv(from, buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (got <= 0) return false;
        if (holds) {
            held_bytes += got;
            return true;
        }
        for (ssize_t sent = 0; sent < got;) {
            const ssize_t now = send(to, buffer.data() + sent, static_cast<std::size_t>(got - sent), MSG_NOSIGNAL);
            if (now <= 0) return false;
            sent += now;
        }
        return true;
    }

    void close_all() {
        for (const Pair& pair : pairs_) close(pair.client), close(pair.server);
        pairs_.clear();
    }

    void work() {
        while (!ends_) {
            std::vector<pollfd> fds{{listener_, POLLIN, 0}};
            for (const Pair& pair : pairs_) {
                fds.push_back({pair.client, POLLIN, 0});
                fds.push_back({pair.server, POLLIN, 0});
            }
            poll(fds.data(), fds.size(), 5);
            if (cuts_.exchange(false)) {
                close_all();
                continue;
            }
            for (std::size_t i = pairs_.size(); i-- > 0;) {
                const Pair pair = pairs_[i];
                const bool lives = (fds[1 + 2 * i].revents == 0 || relay(pair.client, pair.server, holds_requests)) &&
                                   (fds[2 + 2 * i].revents == 0 || relay(pair.server, pair.client, holds_answers));
                if (lives) continue;
                close(pair.client), close(pair.server);
                pairs_.erase(pairs_.begin() + static_cast<std::ptrdiff_t>(i));
            }
            if (fds[0].revents != 0) accept_one();
        }
        close_all();
    }

    const int server_port_;
    int port_ = 0;
    const int listener_;
    std::vector<Pair> pairs_;
    std::atomic<bool> ends_ = false, cuts_ = false;
    std::thread thread_;
};

}  // namespace takas::store::postgres
