// The body of a webhook: the published envelope {"Name": ..., "Data": {...}} in PascalCase (contract 4.8, 9).
#pragma once

#include <string>
#include <string_view>

#include "app/ports/store.hpp"
#include "core/authorization/transaction.hpp"
#include "core/event/event.hpp"

namespace takas::app::webhooks {

/// An event without payload is rendered from its transaction, as that was when it was answered; so all attempts, and a
/// resend years later, carry the same text. Errors: those of the store; internal when the transaction is not there.
Result<std::string> render_event(ports::Store& store, const core::event::DomainEvent& event);

/// What stands under "Data" alone. Errors: as above.
Result<std::string> render_data(ports::Store& store, const core::event::DomainEvent& event);

/// The envelope around data that is rendered already.
std::string envelope(core::event::EventKind kind, std::string_view data);

/// The transaction without what happened to it after its answer: reversals, increments, clearing.
core::authorization::CardTransaction as_answered(core::authorization::CardTransaction transaction);

}  // namespace takas::app::webhooks
