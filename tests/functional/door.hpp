// The two ways into a server under test: over a socket and in the server's own process.
#pragma once

#include <cstdint>
#include <memory>

#include "answer.hpp"
#include "api/framework/dispatcher.hpp"

namespace takas::functional {

class Door {
  public:
    virtual ~Door() = default;
    /// Blocks. A door that cannot reach the server answers with status 0.
    virtual Answer ask(const Question& question) = 0;
};

/// HTTP/1.1 over one kept loopback connection.
std::unique_ptr<Door> http_door(std::uint16_t port);

/// Straight into the dispatcher.
std::unique_ptr<Door> local_door(api::Dispatcher& dispatcher);

}  // namespace takas::functional
