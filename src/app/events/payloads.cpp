#include "app/events/payloads.hpp"

#include "base/optional_text.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::events {
namespace {

using core::event::DomainEvent;
using core::event::EventKind;
using protocol::json::encode;
using protocol::json::NameStyle;

template <class Payload>
DomainEvent event_of(EventKind kind, TenantId tenant_id, std::int64_t stream_id, Instant at, const Payload& payload) {
    DomainEvent event;
    event.tenant_id = tenant_id;
    event.kind = kind;
    event.stream_id = stream_id;
    event.payload = encode(payload, NameStyle::pascal);
    event.occurred_at = at;
    return event;
}

}  // namespace

DomainEvent customer_created(const core::customer::Customer& c) {
    return event_of(
        EventKind::customer_created, c.tenant_id, c.id.value, c.creation_time,
        CustomerCreated{c.id, c.customer_no, c.name, optional_text(c.midname), optional_text(c.surname),
                        optional_text(c.nationality), c.gender, c.marital_status, c.disabled_type, c.birth_date,
                        optional_text(c.birth_place), optional_text(c.father_name), optional_text(c.mother_maiden_name),
                        optional_text(c.mother_name), c.creation_time, c.creator_id});
}

DomainEvent card_created(const core::card::Card& c) {
    auto event =
        event_of(EventKind::card_created, c.tenant_id, c.token_id.value, c.creation_time,
                 CardCreated{c.token_id, c.masked_card_no, optional_text(c.customer_no), c.creation_time, c.creator_id,
                             c.card_dci, static_cast<bool>(c.parent_token_id),
                             optional_text(c.personalized_name_line_1), optional_text(c.personalized_name_line_2),
                             c.status, c.card_product_name, c.bin, c.expire_date, c.brand, c.product_type});
    event.account_id = c.account_id;
    return event;
}

DomainEvent card_status_changed(const core::card::Card& before, const core::card::Card& after) {
    auto event = event_of(
        EventKind::card_status_changed, after.tenant_id, after.token_id.value, after.status_changed_at,
        CardStatusChanged{after.token_id, after.masked_card_no, before.status, after.status, before.status_reason,
                          after.status_reason, after.status_changed_at, after.status_changed_by});
    event.account_id = after.account_id;
    return event;
}

}  // namespace takas::app::events
