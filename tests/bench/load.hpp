// The load: one thread, keep-alive connections, requests rendered beforehand, so that the driver costs a few
// microseconds a request and is never what is measured.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace takas::bench {

/// A server and the cards that are sent to it.
struct LoadTarget {
    std::uint16_t port = 0;
    std::vector<std::int64_t> tokens;
};

struct LoadPlan {
    std::uint16_t port = 0;
    std::string access_token;
    std::vector<std::int64_t> tokens;      ///< cards, used in turn; all with the same number of digits
    std::vector<LoadTarget> more_servers;  ///< on the same store, taking the same access token; connections alternate
    int connections = 64;
    std::size_t requests = 0;               ///< this many, or
    std::chrono::milliseconds duration{0};  ///< as many as fit into this time
    /// Requests per second in an open loop: each is due at its own moment, whether or not the server keeps up, and its
    /// latency counts from that moment. 0: a closed loop, each connection sends when it has its answer.
    double rate = 0;
    /// What is due in this time before the measured part is not counted.
    std::chrono::milliseconds warm_up{0};
    std::uint32_t first_message_no = 1;  ///< message keys must not repeat between runs
};

struct LoadResult {
    std::size_t approved = 0;
    std::size_t declined = 0;
    std::size_t warm_up_approved = 0;  ///< before the measured part; in no other figure
    std::size_t other = 0;             ///< not answered with 200, or the connection broke
    double seconds = 0;
    double sent_bytes = 0, received_bytes = 0;  ///< per request, without TCP's own
    double client_cpu_us = 0;                   ///< of the driver, per request
    std::vector<std::uint32_t> latencies_us;    ///< sorted

    /// How many message numbers the run has used.
    std::uint32_t messages() const { return static_cast<std::uint32_t>(latencies_us.size() + warm_up_approved); }
    double per_second() const { return static_cast<double>(approved) / seconds; }
    double percentile_ms(double share) const;
};

/// Throws std::runtime_error when the server cannot be reached or a connection breaks.
LoadResult run_load(const LoadPlan& plan);

}  // namespace takas::bench
