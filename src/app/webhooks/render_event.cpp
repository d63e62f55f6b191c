#include "app/webhooks/render_event.hpp"

#include "app/ports/tables.hpp"
#include "app/transactions/transaction_view.hpp"
#include "core/authorization/decide.hpp"
#include "core/webhook/event_names.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::webhooks {
namespace {

using core::authorization::CardTransaction;
using ports::where;

/// What was approved, from the decision's own facts: later increments raised the amount in the row.
std::int64_t billing_amount_as_answered(const CardTransaction& t) {
    const auto facts = core::authorization::decode_facts(t.facts.bytes);
    if (t.code != core::authorization::TransactionCode::pre_authorization || !facts) return t.billing_amount_minor;
    const auto decision = core::authorization::decide(*facts);
    return decision.approved ? decision.approved_minor : decision.billing_minor;
}

/// What could still be reversed right after the answer. An increment is kept with the transaction it adds to.
std::int64_t remaining_as_answered(const CardTransaction& t) {
    using core::authorization::Movement;
    const Movement movement = core::authorization::code_row(t.code).movement;
    const bool moved = movement == Movement::hold || movement == Movement::credit;
    const bool is_increment =
        t.code == core::authorization::TransactionCode::pre_authorization && t.original_transaction_id;
    return moved && !is_increment && t.result == core::authorization::TransactionResult::approved
               ? t.billing_amount_minor
               : 0;
}

Result<std::string> transaction_data(ports::Store& store, const core::event::DomainEvent& event) {
    auto found = store.find<CardTransaction>({where<&CardTransaction::account_id>(event.account_id),
                                              where<&CardTransaction::transaction_id>(event.transaction_id)});
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found || (*found)->tenant_id != event.tenant_id)
        return fail(ErrorCode::internal, "the transaction of the event is missing");
    // The institution's own language, not a caller's: nobody asks for a webhook with an Accept-Language.
    return protocol::json::encode(transactions::view_of(as_answered(std::move(**found)), Language::turkish),
                                  protocol::json::NameStyle::pascal);
}

}  // namespace

CardTransaction as_answered(CardTransaction t) {
    const bool approved = t.decline_reason == core::authorization::DeclineReason::none;
    t.result =
        approved ? core::authorization::TransactionResult::approved : core::authorization::TransactionResult::declined;
    t.state = core::authorization::TransactionState::pending;
    t.settle_match_status = core::authorization::SettleMatchStatus::unmatched;
    t.settlement_date.reset();
    t.billing_amount_minor = billing_amount_as_answered(t);
    t.remaining_minor = remaining_as_answered(t);
    return t;
}

Result<std::string> render_data(ports::Store& store, const core::event::DomainEvent& event) {
    return event.payload.empty() ? transaction_data(store, event) : event.payload;
}

Result<std::string> render_event(ports::Store& store, const core::event::DomainEvent& event) {
    const auto data = render_data(store, event);
    if (!data) return data;
    return envelope(event.kind, *data);
}

std::string envelope(core::event::EventKind kind, std::string_view data) {
    std::string out = R"({"Name":)";
    protocol::json::append_json_string(out, core::webhook::delivered_name(kind));
    out += R"(,"Data":)";
    out += data;
    out += '}';
    return out;
}

}  // namespace takas::app::webhooks
