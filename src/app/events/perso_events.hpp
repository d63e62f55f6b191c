// The four events of making and delivering a card, as rows of the event log (payloads: perso_payloads.hpp).
#pragma once

#include <string>

#include "core/event/event.hpp"
#include "core/perso/delivery.hpp"
#include "core/perso/issuance.hpp"

namespace takas::app::events {

core::event::DomainEvent perso_created(const core::perso::Issuance& order);
/// `after` is the order in its new status: its newest step says from where, by whom and when.
core::event::DomainEvent perso_status_changed(const core::perso::Issuance& after);
/// `customer_no` is the card's holder now; "" for none.
core::event::DomainEvent delivery_created(const core::perso::Delivery& delivery, const std::string& customer_no,
                                          const std::string& user_id);
/// `now` orders the event log; the payload has the time that the courier gave.
core::event::DomainEvent delivery_status_changed(const core::perso::Delivery& after, const std::string& customer_no,
                                                 Instant now);

}  // namespace takas::app::events
