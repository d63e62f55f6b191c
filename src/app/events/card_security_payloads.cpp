#include "app/events/card_security_payloads.hpp"

#include "base/optional_text.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::events {

core::event::DomainEvent card_security_event(core::event::EventKind kind, const core::card::Card& card, Instant at,
                                             const std::string& user_id) {
    const CardSecurityChanged payload{card.token_id, card.masked_card_no, optional_text(card.customer_no), at,
                                      optional_text(user_id)};
    core::event::DomainEvent event;
    event.tenant_id = card.tenant_id;
    event.kind = kind;
    event.stream_id = card.token_id.value;
    event.account_id = card.account_id;
    event.payload = protocol::json::encode(payload, protocol::json::NameStyle::pascal);
    event.occurred_at = at;
    return event;
}

}  // namespace takas::app::events
