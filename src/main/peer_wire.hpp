// The door to other servers over the HTTP client for them: translates between the port's request and the client's.
#pragma once

#include <memory>

#include "app/ports/peer_door.hpp"
#include "net/peer_client.hpp"

namespace takas::main {

class PeerWire final : public app::ports::PeerDoor {
  public:
    explicit PeerWire(std::unique_ptr<net::PeerClient> client) : client_(std::move(client)) {}
    void send(app::ports::PeerRequest request, Done done) override;

  private:
    std::unique_ptr<net::PeerClient> client_;
};

}  // namespace takas::main
