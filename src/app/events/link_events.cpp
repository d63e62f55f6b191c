#include "app/events/link_events.hpp"

#include "app/events/link_payloads.hpp"
#include "base/optional_text.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::events {

using core::event::DomainEvent;
using core::event::EventKind;

DomainEvent card_link_changed(const core::card::Card& after, Instant at, const std::string& user_id) {
    DomainEvent event;
    event.tenant_id = after.tenant_id;
    event.kind =
        after.customer_no.empty() ? EventKind::card_unlinked_from_customer : EventKind::card_linked_to_customer;
    event.stream_id = after.token_id.value;
    event.account_id = after.account_id;
    event.payload = protocol::json::encode(
        CardLinkChanged{after.token_id, after.masked_card_no, optional_text(after.customer_no), at, user_id},
        protocol::json::NameStyle::pascal);
    event.occurred_at = at;
    return event;
}

}  // namespace takas::app::events
