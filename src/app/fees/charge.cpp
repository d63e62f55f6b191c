#include "app/fees/charge.hpp"

#include <memory>

#include "app/authorize/message_key.hpp"
#include "app/events/fee_payloads.hpp"
#include "base/optional_text.hpp"
#include "core/ledger/book.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::fees {
namespace {

namespace authorization = core::authorization;
using authorization::CardTransaction;
using core::ledger::ContraAccount;

CardTransaction row_of(const CardCharge& charge, const core::card::Card& card) {
    CardTransaction t;
    t.tenant_id = charge.due.tenant_id;
    t.account_id = charge.due.account_id;
    t.transaction_id = charge.transaction_id;
    t.message_key = authorize::card_fee_key(card.token_id, charge.due.fee_type, charge.due.occasion_no);
    t.token_id = card.token_id;
    t.masked_card_no = card.masked_card_no;
    t.customer_no = card.customer_no;
    t.card_product_code = card.card_product_code;
    t.code = authorization::TransactionCode::fee;
    t.state = authorization::TransactionState::completed;
    t.settle_match_status = authorization::SettleMatchStatus::matched;
    t.flow_code = authorization::TransactionFlowCode::financial;
    t.transaction_amount_minor = charge.fee_minor;
    t.transaction_currency = charge.fee_currency;
    t.billing_amount_minor = charge.amount.total_minor;
    t.billing_currency = charge.account_currency;
    t.conversion_rate_e9 = charge.rate_e9;
    t.posted_minor = -charge.amount.total_minor;
    t.pan_sequence_no = card.pan_sequence_no;
    t.transaction_time = t.local_transaction_time = charge.now;
    t.card_acceptor_name = charge.fee_name;
    return t;
}

core::event::DomainEvent event_of(const CardCharge& charge, const core::card::Card& card) {
    const auto major = [&](std::int64_t minor) { return transactions::major_units(minor, charge.account_currency); };
    events::CardFeeCharged payload{};
    payload.card_token_id = card.token_id;
    payload.masked_card_no = card.masked_card_no;
    payload.customer_no = optional_text(card.customer_no);
    payload.transaction_id = charge.transaction_id;
    payload.fee_type = charge.due.fee_type;
    payload.fee_id = charge.fee_id;
    payload.fee_name = charge.fee_name;
    payload.amount = major(charge.amount.total_minor);
    payload.net_amount = major(charge.amount.net_minor);
    payload.currency = charge.account_currency;
    for (std::size_t i = 0; i < charge.tax_names.size(); ++i)
        payload.taxes.push_back(
            {charge.tax_names[i], major(charge.amount.taxes()[i].amount_minor), charge.account_currency});
    if (is_periodic(charge.due.fee_type)) payload.period_no = charge.due.occasion_no;
    payload.date_time = charge.now;
    core::event::DomainEvent event;
    event.tenant_id = card.tenant_id;
    event.kind = core::event::EventKind::card_fee_charged;
    event.stream_id = card.token_id.value;
    event.account_id = card.account_id;
    event.transaction_id = charge.transaction_id;
    event.payload = protocol::json::encode(payload, protocol::json::NameStyle::pascal);
    event.occurred_at = charge.now;
    return event;
}

void post(lane::Work& work, const CardCharge& charge, ContraAccount contra, std::int64_t amount_minor) {
    if (amount_minor == 0) return;
    work.insert(core::ledger::post(work.account(), contra, -amount_minor,
                                   {charge.transaction_id, charge.now, charge.fee_name}));
}

Charged charge_in(lane::Work& work, const CardCharge& charge) {
    auto& account = work.account();
    if (!work.aggregate().exists || account.tenant_id != charge.due.tenant_id) return Charged::no_longer;
    if (account.currency != charge.account_currency) return Charged::unavailable;
    const auto card = work.card(charge.due.token_id);
    if (!card) return Charged::unavailable;
    if (!*card) return Charged::no_longer;
    if (is_periodic(charge.due.fee_type) && (*card)->status == core::card::CardStatus::closed)
        return Charged::no_longer;
    CardTransaction row = row_of(charge, **card);
    const auto known = work.transaction_by_key(*row.message_key, /*look_in_store=*/true);
    if (!known) return Charged::unavailable;
    if (*known) return Charged::before;
    if (account.posted_minor < -core::money::balance_max_minor + charge.amount.total_minor)
        return Charged::not_possible;
    post(work, charge, ContraAccount::fee_income, charge.amount.net_minor);
    post(work, charge, ContraAccount::tax_payable, charge.amount.tax_minor);
    work.touch();
    work.insert(event_of(charge, **card));
    work.insert(std::move(row));
    return Charged::now;
}

}  // namespace

void submit_charge(lane::Lanes& lanes, CardCharge charge, std::move_only_function<void(Charged)> done) {
    const auto account_id = charge.due.account_id;
    const auto tenant_id = charge.due.tenant_id;
    const auto answer = std::make_shared<Charged>(Charged::unavailable);
    lanes.submit({account_id, tenant_id,
                  [charge = std::move(charge), answer](lane::Work& work) { *answer = charge_in(work, charge); },
                  [answer, done = std::move(done)](ports::CommitOutcome outcome) mutable {
                      done(outcome == ports::CommitOutcome::committed ? *answer : Charged::unavailable);
                  }});
}

}  // namespace takas::app::fees
