#include "app/authorize/transition_event.hpp"

#include "app/transactions/transaction_view.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::authorize {
namespace {

using core::authorization::CardTransaction;

/// The part of the transaction amount that a part of the billing amount stands for; exact for the whole.
std::int64_t transaction_part(const CardTransaction& t, std::int64_t billing_part) {
    if (t.billing_amount_minor == 0 || t.transaction_currency == t.billing_currency) return billing_part;
    __extension__ using Wide = __int128;
    const Wide part = static_cast<Wide>(t.transaction_amount_minor) * billing_part;
    return static_cast<std::int64_t>((part + t.billing_amount_minor / 2) / t.billing_amount_minor);
}

}  // namespace

core::event::DomainEvent transition_event(const CardTransaction& t,
                                          const core::authorization::TransactionEvent& event) {
    const TransactionTransition data{
        t.transaction_id, event.event_type,
        transactions::major_units(transaction_part(t, event.amount_minor), t.transaction_currency),
        transactions::major_units(event.amount_minor, t.billing_currency), event.occurred_at};
    core::event::DomainEvent out;
    out.tenant_id = t.tenant_id;
    out.kind = core::event::EventKind::transaction_transition;
    out.stream_id = t.token_id.value;
    out.account_id = t.account_id;
    out.transaction_id = t.transaction_id;
    out.payload = protocol::json::encode(data, protocol::json::NameStyle::pascal);
    out.occurred_at = event.occurred_at;
    return out;
}

}  // namespace takas::app::authorize
