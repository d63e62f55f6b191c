// From the engine's answers to those of Transaction Testing.
#pragma once

#include "api/framework/call.hpp"
#include "api/sandbox/reversal_dto.hpp"
#include "api/sandbox/simulation_dto.hpp"
#include "app/authorize/authorizer.hpp"

namespace takas::api {

SimulationResponse simulation_response_of(app::authorize::Answer answer, const app::Context& context);

/// Of a reversal, done or refused.
SimulationReversalResponse reversal_response_of(const app::authorize::Answer& answer, const app::Context& context);

/// `original` as it is after the refund; nullptr for an unlinked one.
SimulationRefundResponse refund_response_of(app::authorize::Answer answer,
                                            const core::authorization::CardTransaction* original,
                                            const app::Context& context);

/// Every rule with its outcome and detail; empty for a row without checks.
std::vector<SimulationCheck> checks_of(const core::authorization::CardTransaction& transaction);

}  // namespace takas::api
