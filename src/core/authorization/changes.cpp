#include "core/authorization/changes.hpp"

#include <algorithm>
#include <utility>

#include "base/invariant.hpp"
#include "core/ledger/book.hpp"

namespace takas::core::authorization {
namespace {

using ledger::Booking;
using ledger::ContraAccount;

void copy_message(const Request& r, CardTransaction& t) {
    t.message_key = r.message_key;
    t.message_hash = r.message_hash;
    t.code = r.code;
    t.flow_code = r.flow_code;
    t.network = r.network;
    t.domain = r.domain;
    t.category = code_row(r.code).category;
    t.transaction_amount_minor = r.transaction_amount_minor;
    t.transaction_currency = r.transaction_currency;
    t.stan = r.stan;
    t.rrn = r.rrn;
    t.mcc = r.acceptor.mcc;
    t.terminal_no = r.acceptor.terminal_no;
    t.terminal_type = r.acceptor.terminal_type;
    t.card_acceptor_no = r.acceptor.card_acceptor_no;
    t.card_acceptor_name = r.acceptor.card_acceptor_name;
    t.card_acceptor_city = r.acceptor.card_acceptor_city;
    t.card_acceptor_country = r.acceptor.card_acceptor_country;
    t.acquirer_id = r.acceptor.acquirer_id;
    t.pos_entry_mode = r.pos_entry_mode;
    t.local_transaction_time = r.local_transaction_time;
    t.is_offline = r.is_offline;
    t.original_transaction_id = r.original_transaction_id;
}

/// What became of a secret is told only where its rule was asked, and a wrong one counted: a message that an earlier
/// rule refuses tries no secret out.
void copy_results(const Request& r, const Decision& decision, CardTransaction& t) {
    const auto was_reached = [&decision](Rule rule) {
        return decision.checks[static_cast<std::size_t>(rule)].outcome != Outcome::not_reached;
    };
    // CVV and CVV2 share one code: whoever passes the first rule is asked for the second.
    if (was_reached(Rule::cvv)) t.cvc_result_code = r.cvc_result;
    if (was_reached(Rule::arqc)) t.arqc_result_code = r.arqc_result;
    if (was_reached(Rule::cavv)) t.cavv_result_code = r.cavv_result;
}

void copy_card(const card::Card& card, CardTransaction& t) {
    t.token_id = card.token_id;
    t.masked_card_no = card.masked_card_no;
    t.customer_no = card.customer_no;
    t.card_product_code = card.card_product_code;
    t.pan_sequence_no = card.pan_sequence_no;
}

TransactionEvent event_of(const CardTransaction& t, TransitionEventType type, std::int64_t amount_minor, Instant now,
                          std::int64_t event_no) {
    TransactionEvent e;
    e.tenant_id = t.tenant_id;
    e.account_id = t.account_id;
    e.transaction_id = t.transaction_id;
    e.event_no = event_no;
    e.event_type = type;
    e.amount_minor = amount_minor;
    e.occurred_at = now;
    return e;
}

bool posts_at_once(const Request& request) {
    return request.flow_code == TransactionFlowCode::financial ||
           request.flow_code == TransactionFlowCode::financial_advice;
}

/// A debit is held until it clears; a financial (single) message is posted at once.
void take(const Request& request, const Decision& d, const Booking& booking, ledger::CardAccount& account,
          Changes& out) {
    CardTransaction& t = out.transaction;
    t.remaining_minor = d.approved_minor;
    if (posts_at_once(request)) {
        t.posted_minor = -d.approved_minor;
        out.entries.push_back(ledger::post(account, ContraAccount::network_settlement, -d.approved_minor, booking));
    } else {
        t.held_minor = d.approved_minor;
        out.entries.push_back(ledger::hold(account, d.approved_minor, booking));
    }
}

void give(const Decision& d, const Booking& booking, ledger::CardAccount& account, Changes& out) {
    CardTransaction& t = out.transaction;
    t.remaining_minor = d.approved_minor;
    t.posted_minor = d.approved_minor;
    out.entries.push_back(ledger::post(account, ContraAccount::network_settlement, d.approved_minor, booking));
}

/// The completion takes over from its pre-authorization: that hold ends, whatever is left of it.
void complete(const CardTransaction& original, const Booking& booking, ledger::CardAccount& account, Changes& out) {
    CardTransaction& o = out.original.emplace(original);
    if (o.held_minor > 0)
        out.entries.push_back(
            ledger::release(account, o.held_minor, {o.transaction_id, booking.booked_at, booking.description}));
    o.held_minor = 0;
    o.remaining_minor = 0;
    o.state = TransactionState::completed;
}

/// An increment is held on the original, so that completion and reversal see one sum. The row itself holds nothing.
void increase(const CardTransaction& original, const Decision& d, const Booking& booking, ledger::CardAccount& account,
              Changes& out) {
    CardTransaction& o = out.original.emplace(original);
    o.held_minor += d.approved_minor;
    o.remaining_minor += d.approved_minor;
    o.billing_amount_minor += d.approved_minor;
    out.entries.push_back(
        ledger::hold(account, d.approved_minor, {o.transaction_id, booking.booked_at, booking.description}));
}

void move_money(const Request& request, const Facts& facts, const Decision& d, ledger::CardAccount& account,
                const CardTransaction* original, Changes& out) {
    const Booking booking{out.transaction.transaction_id, facts.decided_at, {}};
    switch (code_row(request.code).movement) {
        case Movement::hold:
            if (is_increment(facts)) return increase(*original, d, booking, account, out);
            if (request.code == TransactionCode::pre_authorization_completion)
                complete(*original, booking, account, out);
            return take(request, d, booking, account, out);
        case Movement::credit:
            if (original && request.code == TransactionCode::refund)
                out.original.emplace(*original).refunded_minor += d.approved_minor;
            return give(d, booking, account, out);
        case Movement::nothing:
        case Movement::refused:
            return;
    }
}

/// What the cardholder pays for the transaction, apart from its amount: at once, whenever the amount itself is posted.
void charge_fee(const Facts& facts, const Booking& booking, ledger::CardAccount& account, Changes& out) {
    CardTransaction& t = out.transaction;
    t.fee_minor = facts.fee_minor;
    t.posted_minor -= facts.fee_minor;
    const std::int64_t net = facts.fee_minor - facts.fee_tax_minor;
    if (net != 0) out.entries.push_back(ledger::post(account, ContraAccount::fee_income, -net, booking));
    if (facts.fee_tax_minor != 0)
        out.entries.push_back(ledger::post(account, ContraAccount::tax_payable, -facts.fee_tax_minor, booking));
}

/// Nothing is left of the transaction: nothing was to be paid for it.
void return_fee(CardTransaction& t, Instant now, ledger::CardAccount& account,
                std::vector<ledger::LedgerEntry>& entries) {
    if (t.fee_minor == 0 || t.remaining_minor != 0) return;
    const auto facts = decode_facts(t.facts.bytes);
    const std::int64_t tax = facts ? facts->fee_tax_minor : 0;
    const Booking booking{t.transaction_id, now, {}};
    if (t.fee_minor != tax)
        entries.push_back(ledger::post(account, ContraAccount::fee_income, t.fee_minor - tax, booking));
    if (tax != 0) entries.push_back(ledger::post(account, ContraAccount::tax_payable, tax, booking));
    t.posted_minor += std::exchange(t.fee_minor, 0);
}

/// The refund of `o` is taken back. What the end of its hold had booked back for that refund goes back, too: else the
/// cardholder would have paid for a purchase that never cleared.
void take_back_refund(CardTransaction& o, std::int64_t amount_minor, Instant now, ledger::CardAccount& account,
                      std::vector<ledger::LedgerEntry>& entries) {
    o.refunded_minor -= amount_minor;
    if (o.state != TransactionState::expired) return;
    const std::int64_t booked_back = -(o.posted_minor + o.fee_minor) - o.remaining_minor;
    const std::int64_t back = std::min(amount_minor, booked_back);
    if (back <= 0) return;
    entries.push_back(ledger::post(account, ContraAccount::network_settlement, back,
                                   {o.transaction_id, now, "refund taken back of a purchase that never cleared"}));
    o.posted_minor += back;
}

}  // namespace

Changes changes(const Request& request, const Facts& facts, const Decision& decision, const Issued& issued,
                const card::Card* card, ledger::CardAccount& account, const CardTransaction* original) {
    Changes out;
    CardTransaction& t = out.transaction;
    copy_message(request, t);
    copy_results(request, decision, t);
    if (card) copy_card(*card, t);
    t.tenant_id = account.tenant_id;
    t.account_id = account.account_id;
    t.transaction_id = issued.transaction_id;
    t.transaction_time = facts.decided_at;
    t.billing_amount_minor = decision.approved ? decision.approved_minor : decision.billing_minor;
    t.billing_currency = account.currency ? account.currency : request.transaction_currency;
    t.conversion_rate_e9 = decision.conversion_rate_e9;
    t.result = decision.approved ? TransactionResult::approved : TransactionResult::declined;
    t.response_code = decision.response_code;
    t.decline_reason = decision.reason;
    if (decision.approved) t.auth_no = issued.auth_no;
    if (facts.duplicate != Duplicate::none) t.message_key.reset();  // the key belongs to the first message
    encode_checks(decision.checks, t.checks);
    encode_facts(facts, t.facts.bytes);

    if (decision.approved && decision.approved_minor > 0) move_money(request, facts, decision, account, original, out);
    if (decision.approved && facts.fee_minor > 0)
        charge_fee(facts, {t.transaction_id, facts.decided_at, {}}, account, out);

    out.event.tenant_id = t.tenant_id;
    out.event.kind =
        decision.approved ? event::EventKind::successful_transaction : event::EventKind::unsuccessful_transaction;
    out.event.stream_id = t.token_id.value;
    out.event.account_id = t.account_id;
    out.event.transaction_id = t.transaction_id;
    out.event.occurred_at = facts.decided_at;
    return out;
}

ReversalOutcome decide_reversal(const CardTransaction& t, const ReversalRequest& request) {
    const bool open = t.state == TransactionState::pending || t.state == TransactionState::partially_reversed;
    const std::int64_t left = t.remaining_minor - t.refunded_minor;
    // An inquiry took nothing but its fee.
    const bool is_only_fee = t.remaining_minor == 0 && t.refunded_minor == 0 && t.fee_minor > 0 &&
                             request.type != ReversalType::partial_reversal;
    if (t.result != TransactionResult::approved || !open || (left <= 0 && !is_only_fee))
        return {DeclineReason::original_not_reversible, 0};
    if (request.type != ReversalType::partial_reversal) {
        // A refund was given already: taking back the whole would pay it twice.
        if (t.refunded_minor > 0) return {DeclineReason::original_not_reversible, 0};
        return {DeclineReason::none, left};
    }
    if (!request.amount_minor || *request.amount_minor <= 0 || *request.amount_minor > left)
        return {DeclineReason::amount_invalid, 0};
    return {DeclineReason::none, *request.amount_minor};
}

ReversalChanges reverse(const CardTransaction& transaction, const ReversalRequest& request,
                        const ReversalOutcome& outcome, ledger::CardAccount& account, const CardTransaction* original) {
    ReversalChanges out{transaction, {}, {}, {}};
    CardTransaction& t = out.transaction;
    const std::int64_t amount = outcome.reversed_minor;
    const Booking booking{t.transaction_id, request.now, {}};

    const std::int64_t from_hold = std::min(amount, t.held_minor);
    if (from_hold > 0) out.entries.push_back(ledger::release(account, from_hold, booking));
    t.held_minor -= from_hold;
    if (const std::int64_t from_posted = amount - from_hold; from_posted > 0) {
        const std::int64_t back = t.posted_minor + t.fee_minor < 0 ? from_posted : -from_posted;
        out.entries.push_back(ledger::post(account, ContraAccount::network_settlement, back, booking));
        t.posted_minor += back;
    }
    t.remaining_minor -= amount;
    invariant(t.held_minor >= 0 && t.remaining_minor >= 0, "nothing is reversed twice");
    return_fee(t, request.now, account, out.entries);

    auto type = TransitionEventType::partial_reversal;
    if (request.type == ReversalType::void_transaction) {
        type = TransitionEventType::void_transaction;
        t.state = TransactionState::voided;
        t.result = TransactionResult::voided;
    } else if (request.type == ReversalType::reversal) {
        type = TransitionEventType::reversal;
        t.state = TransactionState::reversed;
        t.result = TransactionResult::voided;
    } else {
        t.state = TransactionState::partially_reversed;
    }
    if (original && t.code == TransactionCode::refund)
        take_back_refund(out.original.emplace(*original), amount, request.now, account, out.entries);
    out.event = event_of(t, type, amount, request.now, account.entry_no);
    return out;
}

ReversalChanges expire_hold(const CardTransaction& transaction, Instant now, ledger::CardAccount& account) {
    ReversalChanges out{transaction, {}, {}, {}};
    CardTransaction& t = out.transaction;
    const std::int64_t held = t.held_minor;
    out.entries.push_back(ledger::release(account, held, {t.transaction_id, now, {}}));
    if (const std::int64_t back = std::min(held, t.refunded_minor); back > 0) {
        // What was refunded had never been taken: without this the hold's end would make a gift of it.
        out.entries.push_back(ledger::post(account, ContraAccount::network_settlement, -back,
                                           {t.transaction_id, now, "refund of a purchase that never cleared"}));
        t.posted_minor -= back;
    }
    t.held_minor = 0;
    t.remaining_minor -= held;
    return_fee(t, now, account, out.entries);
    t.state = TransactionState::expired;
    out.event = event_of(t, TransitionEventType::expire, held, now, account.entry_no);
    return out;
}

TransactionStatus status_of(const CardTransaction& t) {
    if (t.result == TransactionResult::declined) return TransactionStatus::declined;
    switch (t.state) {
        case TransactionState::completed:
            return TransactionStatus::settled;
        case TransactionState::reversed:
            return TransactionStatus::reversed;
        case TransactionState::partially_reversed:
            return TransactionStatus::partially_reversed;
        case TransactionState::voided:
            return TransactionStatus::voided;
        case TransactionState::expired:
            return TransactionStatus::expired;
        case TransactionState::pending:
            break;
    }
    if (t.refunded_minor > 0 && t.refunded_minor >= t.remaining_minor) return TransactionStatus::refunded;
    return TransactionStatus::approved;
}

}  // namespace takas::core::authorization
