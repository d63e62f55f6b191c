#include "app/events/perso_events.hpp"

#include "app/events/perso_payloads.hpp"
#include "base/optional_text.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::events {
namespace {

using core::event::DomainEvent;
using core::event::EventKind;

template <class Record, class Payload>
DomainEvent event_of(EventKind kind, const Record& about, const Payload& payload) {
    DomainEvent event;
    event.tenant_id = about.tenant_id;
    event.kind = kind;
    event.stream_id = about.token_id.value;
    event.account_id = about.account_id;
    event.payload = protocol::json::encode(payload, protocol::json::NameStyle::pascal);
    event.occurred_at = payload.date_time;
    return event;
}

}  // namespace

DomainEvent perso_created(const core::perso::Issuance& o) {
    return event_of(EventKind::perso_created, o,
                    PersoCreated{o.token_id, o.masked_card_no, optional_text(o.customer_no), o.request_time,
                                 o.creator_id, optional_text(o.perso_office_code), optional_text(o.courier_code)});
}

DomainEvent perso_status_changed(const core::perso::Issuance& o) {
    const core::perso::PersoStep& step = o.history.back();
    return event_of(EventKind::perso_status_changed, o,
                    PersoStatusChanged{o.token_id, o.masked_card_no, optional_text(o.customer_no),
                                       std::string(to_name(step.old_status)), std::string(to_name(step.new_status)),
                                       o.barcode, o.barcode, step.user_id, step.date_time,
                                       optional_text(o.perso_office_code), optional_text(o.courier_code)});
}

DomainEvent delivery_created(const core::perso::Delivery& d, const std::string& customer_no,
                             const std::string& user_id) {
    return event_of(EventKind::delivery_created, d,
                    DeliveryCreated{d.token_id, d.masked_card_no, optional_text(customer_no), d.barcode,
                                    optional_text(d.courier_code), d.creation_time, user_id});
}

DomainEvent delivery_status_changed(const core::perso::Delivery& d, const std::string& customer_no, Instant now) {
    const core::perso::DeliveryStep& step = d.history.back();
    auto event =
        event_of(EventKind::delivery_status_changed, d,
                 DeliveryStatusChanged{d.token_id, d.masked_card_no, optional_text(customer_no),
                                       std::string(to_name(step.old_status)), std::string(to_name(step.new_status)),
                                       d.barcode, optional_text(d.courier_code), step.date_time, step.user_id});
    event.occurred_at = now;
    return event;
}

}  // namespace takas::app::events
