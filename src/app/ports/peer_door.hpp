// The door to the other servers on the same store: a request goes to one of them, its answer comes back as it is.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace takas::app::ports {

/// One POST with a JSON body.
struct PeerRequest {
    std::string address;  ///< ADDRESS:PORT, as that server announced it
    std::string path;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
};

enum class PeerOutcome : std::uint8_t {
    answered,
    not_sent,    ///< that server has seen nothing of it
    unanswered,  ///< it may have acted, or may still
};

struct PeerReply {
    PeerOutcome outcome = PeerOutcome::not_sent;
    int status = 0;
    std::string body;
};

class PeerDoor {
  public:
    using Done = std::move_only_function<void(PeerReply)>;
    virtual ~PeerDoor() = default;
    /// `done` is called exactly once, on any thread, soon: a server that does not answer is given up quickly.
    virtual void send(PeerRequest request, Done done) = 0;
};

}  // namespace takas::app::ports
