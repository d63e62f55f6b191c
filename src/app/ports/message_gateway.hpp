// The door through which short messages leave for a cardholder's phone. A message may hold a secret (a PIN): it is
// wiped when it was handed over, and an adapter neither logs nor keeps it.
#pragma once

#include <cstdint>
#include <string>

#include "crypto/secret.hpp"

namespace takas::app::ports {

struct TextMessage {
    std::string phone_number;     ///< with country code
    crypto::SecretBytes text;     ///< UTF-8
    std::string reference;        ///< for the gateway's own records; no secret
    bool allow_loopback = false;  ///< a demo institution: the gateway may be on this machine
};

enum class MessageOutcome : std::uint8_t {
    accepted,     ///< the gateway has it
    refused,      ///< it said no: sending the same again is no use
    not_reached,  ///< nothing left this machine: it may be tried again
    unknown,      ///< it may have been taken: never sent a second time
};

class MessageGateway {
  public:
    virtual ~MessageGateway() = default;
    /// Blocks until the outcome is known; at most seconds. From any thread that may wait.
    virtual MessageOutcome send(const TextMessage& message) = 0;
};

}  // namespace takas::app::ports
