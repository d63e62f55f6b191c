// From the requests of Transaction Testing to the typed request of the authorization engine. All field errors at once.
#pragma once

#include "api/sandbox/reversal_dto.hpp"
#include "api/sandbox/simulation_dto.hpp"
#include "app/authorize/authorizer.hpp"
#include "app/cards/pan_vault.hpp"

namespace takas::api {

struct SimulatedMessage {
    app::authorize::CardReference card;
    core::authorization::Request request;
    std::unique_ptr<const app::card_security::Presented> presented;
};

/// Error: validation. The card number is hashed here and goes no further; the other secrets are taken out of the body.
Result<SimulatedMessage> message_of(SimulationRequest&& dto, const app::cards::PanVault& vault, Instant now);

/// A refund; `original` is nullptr for an unlinked one. Error: validation.
Result<core::authorization::Request> refund_request_of(const SimulationRefundRequest& dto,
                                                       const core::authorization::CardTransaction* original,
                                                       Instant now);

}  // namespace takas::api
