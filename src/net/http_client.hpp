// Sends one HTTP request to a URL that a customer chose (webhooks) and says how it ended. Built to be safe against the
// receiver: addresses are checked before dialling (outbound_guard), redirects are not followed, everything has a limit,
// one deadline covers it all. It knows nothing of events, signatures or retries.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "net/outbound_guard.hpp"

namespace takas::net {

struct OutboundRequest {
    std::string method = "POST";
    std::string url;
    std::vector<std::pair<std::string, std::string>>
        headers;  ///< not Host, Content-Length, Connection, Transfer-Encoding
    std::string body;
    std::chrono::milliseconds timeout{10'000};  ///< for everything: waiting for a place, DNS, TLS, answer
    bool allow_loopback = false;                ///< demo tenants: loopback, there also by plain http
};

/// What is known of an answer's body. An empty one may be any of these.
enum class BodyState : std::uint8_t {
    whole,
    cut_off,    ///< the connection ended, or the time, before the body did; or nobody vouches for its end
    too_large,  ///< longer than HttpClientOptions::body_bytes_max: the rest was not read
    encoded,    ///< whole, but compressed or the like
};

struct OutboundResult {
    bool connected = false;  ///< TCP, and TLS where asked for, were established: something may have been received
    int status = 0;          ///< 0: no answer. An answer may stand beside an error that came behind its head
    std::string body_start;  ///< at most HttpClientOptions::body_bytes_max
    BodyState body_state = BodyState::cut_off;
    /// "" or: refused_url refused_address bad_header dns connect tls timeout reset bad_response too_large (its head)
    /// overloaded shutdown
    std::string error;
    std::optional<std::string> retry_after;  ///< as sent
    int duration_ms = 0;
};

/// All addresses of a name; none when it is unknown. Called on a resolver thread, may block.
using ResolveHost = std::function<std::vector<IpAddress>(const std::string& host)>;
std::vector<IpAddress> resolve_with_system(const std::string& host);

struct HttpClientOptions {
    std::size_t concurrency_max = 256;  ///< one descriptor and about 60 KiB of TLS state each
    std::size_t queue_max = 10'000;     ///< waiting requests; more is "overloaded", the outbox keeps them
    std::size_t resolver_threads = 4;   ///< name look-ups block; a dead name server must not stop the others
    std::size_t header_bytes_max = 16 * 1024;
    std::size_t body_bytes_max = 64 * 1024;
    std::chrono::milliseconds connect_timeout{5'000};  ///< per address, so that a second address gets its chance
    std::string extra_ca_file;                         ///< PEM; trusted beside the system's CAs
    std::string user_agent = "Takas";
    ResolveHost resolve = resolve_with_system;
};

class HttpClient {
  public:
    using Done = std::move_only_function<void(OutboundResult)>;

    /// Fails (ErrorCode::unavailable) when the CA file cannot be read or TLS cannot be set up.
    static Result<std::unique_ptr<HttpClient>> start(HttpClientOptions options = {});

    /// Ends what is under way with "shutdown"; waits for name look-ups that cannot be interrupted.
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    /// From any thread. `done` is called exactly once, on the client's I/O thread, and must not block.
    void send(OutboundRequest request, Done done);

  private:
    class Impl;
    explicit HttpClient(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace takas::net
