// A blocking TCP client for the tests: sends exactly the bytes it is given and reads answers by their Content-Length.
#pragma once

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace takas::net {

class RawClient {
  public:
    explicit RawClient(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int on = 1;
        ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        const timeval patience{.tv_sec = 10, .tv_usec = 0};  // a broken server fails the test instead of hanging it
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        connected = ::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
    }
    ~RawClient() { ::close(fd_); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    /// One answer, head and body; "" when the server closed first.
    std::string receive(bool with_body = true) {
        std::size_t head_end;
        while ((head_end = received_.find("\r\n\r\n")) == std::string::npos)
            if (!receive_some()) return {};
        std::size_t size = head_end + 4;
        const auto length_at = received_.find("Content-Length: ");
        if (with_body && length_at < head_end) size += std::strtoul(received_.c_str() + length_at + 16, nullptr, 10);
        while (received_.size() < size)
            if (!receive_some()) return {};
        const std::string answer = received_.substr(0, size);
        received_.erase(0, size);
        return answer;
    }

    /// Everything up to and with `mark`, however it was cut; "" when the server closed first.
    std::string receive_until(std::string_view mark) {
        std::size_t at;
        while ((at = received_.find(mark)) == std::string::npos)
            if (!receive_some()) return {};
        const std::string text = received_.substr(0, at + mark.size());
        received_.erase(0, text.size());
        return text;
    }

    std::string ask(std::string_view request) { return send(request) ? receive() : std::string{}; }

    /// True when the server closes (orderly) without another byte.
    bool sees_close() { return received_.empty() && !receive_some() && !timed_out_; }

    bool connected = false;

  private:
    bool receive_some() {
        std::array<char, 16384> buffer;
        const auto count = ::recv(fd_, buffer.data(), buffer.size(), 0);
        timed_out_ = count < 0 && errno == EAGAIN;
        if (count <= 0) return false;
        received_.append(buffer.data(), static_cast<std::size_t>(count));
        return true;
    }

    int fd_;
    std::string received_;
    bool timed_out_ = false;
};

inline int status_of(std::string_view answer) {
    return answer.starts_with("HTTP/1.1 ") ? std::atoi(std::string(answer.substr(9, 3)).c_str()) : 0;
}

inline std::string_view body_of(std::string_view answer) {
    const auto end = answer.find("\r\n\r\n");
    return end == std::string_view::npos ? std::string_view{} : answer.substr(end + 4);
}

}  // namespace takas::net
