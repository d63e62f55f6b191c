// A noname card finds or loses its owner, as a row of the event log (payload: link_payloads.hpp).
#pragma once

#include <string>

#include "core/card/card.hpp"
#include "core/event/event.hpp"

namespace takas::app::events {

/// `after` has an owner: CardLinkedToCustomer; it has none: CardUnLinkedFromCustomer.
core::event::DomainEvent card_link_changed(const core::card::Card& after, Instant at, const std::string& user_id);

}  // namespace takas::app::events
