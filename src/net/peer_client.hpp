// Sends requests to the other servers of one installation, over connections that stay open: a request costs two system
// calls and no handshake. One request at a time is under way on a connection, so answers do not wait for each other.
// Says whether the other server can have seen a request that got no answer. For trusted addresses only (http_client is
// for those that customers choose).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace takas::net {

struct PeerCall {
    std::string address;  ///< "10.0.0.7:8080", "[fd00::7]:8080", "takas-2.internal:8080"
    std::string target;   ///< path and query, percent-encoded
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;  ///< JSON, sent by POST
};

struct PeerResult {
    enum class Ended : std::uint8_t {
        answered,
        not_sent,    ///< no connection: nothing of it has left
        unanswered,  ///< it may have been acted on
    };
    Ended ended = Ended::not_sent;
    int status = 0;
    std::string body;
};

struct PeerClientOptions {
    std::size_t connections_max = 256;         ///< to one server: about as many requests as one batch holds
    std::size_t waiting_max = 4'096;           ///< for a connection; more is not sent, whoever asks decides himself
    std::size_t body_bytes_max = 1024 * 1024;  ///< of an answer
    std::chrono::milliseconds connect_timeout{300};  ///< a server of the same installation is near
    std::chrono::milliseconds answer_timeout{2'000};
    std::chrono::milliseconds idle_timeout{30'000};  ///< below the server's own: this side closes first
};

class PeerClient {
  public:
    using Done = std::move_only_function<void(PeerResult)>;

    static Result<std::unique_ptr<PeerClient>> start(PeerClientOptions options = {});
    /// Answers everything that is under way as unanswered or not_sent.
    ~PeerClient();
    PeerClient(const PeerClient&) = delete;
    PeerClient& operator=(const PeerClient&) = delete;

    /// From any thread. `done` is called exactly once, on the client's thread, and must not block.
    void send(PeerCall call, Done done);

  private:
    class Impl;
    explicit PeerClient(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace takas::net
