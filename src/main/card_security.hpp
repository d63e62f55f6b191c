// What card security needs besides HSM, keys and lanes: products in memory, the verifier, the message gateway that the
// settings name. Members are made from top to bottom.
#pragma once

#include <memory>

#include "app/card_security/desk.hpp"
#include "main/server.hpp"

namespace takas::main {

struct CardSecurityParts {
    CardSecurityParts(app::ports::Store& store, const app::ports::Clock& clock, app::ports::Hsm& hsm,
                      app::keys::KeyDirectory& keys, const app::cards::PanVault& pan_vault,
                      const ServerOptions& options);

    /// The gateway that the options name; in a demo a folder of files beside the data, unless they name one.
    Result<void> open_gateway(const ServerOptions& options);

    app::products::ProductCache products;
    app::card_security::Verifier verifier;
    std::unique_ptr<app::ports::WebhookSender> sender;  ///< of the gateway over HTTP
    std::unique_ptr<app::ports::MessageGateway> messages;
    app::card_security::Desk desk;
};

}  // namespace takas::main
