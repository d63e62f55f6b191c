// One card as it stands at this moment, taken out of its lane, and the decisions that the real engine would make for
// it: on this message or another, now or later. Nothing is changed or counted.
#pragma once

#include <memory>

#include "app/authorize/policy_stage.hpp"
#include "app/context/context.hpp"
#include "core/authorization/decide.hpp"
#include "core/authorization/request.hpp"

namespace takas::app::what_if {

using core::authorization::Decision;
using core::authorization::Request;

struct Decided {
    core::authorization::Facts facts;
    Decision decision;
    std::unique_ptr<authorize::PolicyStage> policy;  ///< what it saw; refers to the request and the trial
};

class Trial {
  public:
    /// Errors: card_not_found, unavailable. The original is one of the same account, or it counts as not found.
    static Result<Trial> of(const Context& context, TokenId token_id, TransactionId original_id);

    /// Error: unavailable, when the owner of the card cannot be read.
    Result<Decided> decide(const Request& request, Instant at) const;

    const core::card::Card& card() const { return card_; }
    const core::ledger::CardAccount& account() const { return account_; }
    Services& services() const { return services_; }
    TenantId tenant_id() const { return tenant_id_; }

  private:
    Trial(const Context& context) : services_(context.services), tenant_id_(context.tenant_id) {}

    Services& services_;
    TenantId tenant_id_;
    core::card::Card card_;
    core::ledger::CardAccount account_;
    core::control::Counters usage_;
    std::optional<core::authorization::CardTransaction> original_;
};

}  // namespace takas::app::what_if
