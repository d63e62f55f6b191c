// The event that tells the institution what became of a transaction after its answer (TransactionTransition).
#pragma once

#include "core/authorization/transaction.hpp"
#include "core/event/event.hpp"

namespace takas::app::authorize {

core::event::DomainEvent transition_event(const core::authorization::CardTransaction& transaction,
                                          const core::authorization::TransactionEvent& event);

}  // namespace takas::app::authorize
