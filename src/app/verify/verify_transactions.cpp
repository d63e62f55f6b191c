// Transactions: every decision made again from its facts; amounts against bookings, refunds and events; one answer
// event each.
#include <unordered_map>

#include "app/ports/tables.hpp"
#include "app/verify/windows.hpp"
#include "core/authorization/decide.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::verify {

/// What a TransactionTransition's payload must say; the rest follows from the row.
struct TransitionPayload {
    TransactionId transaction_id;
    core::authorization::TransitionEventType event_type{};
};

}  // namespace takas::app::verify

namespace takas {
template <>
struct Describe<app::verify::TransitionPayload> {
    using T = app::verify::TransitionPayload;
    static constexpr std::string_view name = "TransitionPayload";
    static constexpr auto& fields = columns<&T::transaction_id, &T::event_type>;
};
}  // namespace takas

namespace takas::app::verify {
namespace {

namespace authorization = core::authorization;
using authorization::CardTransaction;
using authorization::TransactionCode;
using authorization::TransactionEvent;
using authorization::TransactionResult;
using authorization::TransactionState;
using authorization::TransitionEventType;
using core::event::DomainEvent;
using core::event::EventKind;
using core::ledger::EntryKind;
using core::ledger::LedgerEntry;

/// What a row says, and what everything else says about it.
struct Summary {
    TenantId tenant_id;
    AccountId account_id;
    TokenId token_id;
    TransactionResult result{};
    TransactionState state{};
    TransactionCode code{};
    bool is_funding = false;   ///< the institution's own: load, unload, a card's fee
    bool is_card_fee = false;  ///< for making or having the card: told by an event of its own
    bool is_increment = false;
    /// Part of it may be archived or forgotten: sums over other tables prove nothing.
    bool is_past = false, has_past_events = false;
    std::int64_t billing = 0, remaining = 0, held = 0, posted = 0, refunded = 0;
    std::int64_t decided = 0;  ///< billing amount of the decision, made again
    std::int64_t fee = 0;      ///< charged for it and not given back
    std::int64_t fee_decided = 0;

    std::int64_t entries_posted = 0, entries_held = 0;
    std::int64_t refunds = 0;     ///< what linked refunds still give back
    std::int64_t increments = 0;  ///< what increments added
    std::int64_t taken_back = 0;  ///< by reversals, voids and expiry
    std::int64_t answers = 0;     ///< events of the answer
    /// Transitions as stored and as told: a sum over what they say, so that order does not matter.
    std::uint64_t transitions_stored = 0, transitions_told = 0;
};

std::uint64_t mark_of(TransitionEventType type, Instant at) {
    const auto mixed = static_cast<std::uint64_t>(at.value) * 16 + static_cast<std::uint64_t>(type) + 1;
    return mixed * 0x9E3779B97F4A7C15ULL;
}

class TransactionsPass {
  public:
    explicit TransactionsPass(const Books& books)
        : store_(books.store), past_(books.past), report_(books.report), findings_(books.report) {}

    void add(const CardTransaction& t) {
        ++report_.transactions;
        Summary s;
        s.tenant_id = t.tenant_id, s.account_id = t.account_id, s.token_id = t.token_id;
        s.result = t.result, s.state = t.state, s.code = t.code;
        s.is_card_fee = t.result == TransactionResult::approved && t.code == TransactionCode::fee;
        s.is_funding = s.is_card_fee || (t.result == TransactionResult::approved &&
                                         (t.code == TransactionCode::load || t.code == TransactionCode::unload));
        s.is_increment = t.code == TransactionCode::pre_authorization && t.original_transaction_id;
        // Its id may be from the next month already when its entries were booked in the archived one.
        s.is_past = past_.is_archived(t.transaction_id) || t.transaction_time < past_.archived_before;
        s.has_past_events = s.is_past || t.transaction_time < past_.events_before;
        s.billing = t.billing_amount_minor, s.remaining = t.remaining_minor;
        s.held = t.held_minor, s.posted = t.posted_minor, s.refunded = t.refunded_minor;
        s.fee = t.fee_minor;
        s.decided = s.is_funding ? t.billing_amount_minor : decide_again(t, s);
        // The store's key has the account before the id: it would keep two transactions with one id.
        if (!transactions_.emplace(t.transaction_id, s).second)
            findings_.add("transaction.id", fmt::format("transaction {}", t.transaction_id.value), "one transaction",
                          "another with the same id");
    }

    Result<void> close(Range range) {
        auto done = for_each<LedgerEntry>(store_, within<&LedgerEntry::transaction_id>(range),
                                          [this](const LedgerEntry& e) { add_entry(e); });
        auto linked = within<&CardTransaction::original_transaction_id>(range);
        linked.push_back(ports::where<&CardTransaction::original_transaction_id>(ports::Compare::greater, 0));
        if (done)
            done = for_each<CardTransaction>(store_, std::move(linked),
                                             [this](const CardTransaction& t) { add_linked(t); });
        if (done)
            done = for_each<TransactionEvent>(store_, within<&TransactionEvent::transaction_id>(range),
                                              [this](const TransactionEvent& e) { add_transition(e); });
        if (done)
            done = for_each<DomainEvent>(store_, within<&DomainEvent::transaction_id>(range),
                                         [this](const DomainEvent& e) { add_event(e); });
        for (const auto& [id, s] : transactions_) check(id, s);
        transactions_.clear();
        return done;
    }

  private:
    Summary* known(TransactionId id) {
        const auto it = transactions_.find(id);
        return it == transactions_.end() ? nullptr : &it->second;
    }

    std::int64_t decide_again(const CardTransaction& t, Summary& s) {
        const auto at = [&] { return fmt::format("transaction {}", t.transaction_id.value); };
        const auto facts = authorization::decode_facts(t.facts.bytes);
        if (!facts) {
            findings_.add("decision.facts", at(), "facts", "none");
            return t.billing_amount_minor;
        }
        ++report_.decisions;
        findings_.equal("transaction.code", static_cast<int>(facts->code), static_cast<int>(t.code), at);
        findings_.equal("transaction.amount", facts->transaction_amount_minor, t.transaction_amount_minor, at);
        findings_.equal("transaction.currency", facts->transaction_currency.value, t.transaction_currency.value, at);
        findings_.equal("transaction.time", facts->decided_at.value, t.transaction_time.value, at);
        const auto decision = authorization::decide(*facts);
        findings_.equal("decision.approved", decision.approved, t.result != TransactionResult::declined, at);
        findings_.equal("decision.reason", static_cast<int>(decision.reason), static_cast<int>(t.decline_reason), at);
        findings_.equal("decision.response_code", static_cast<int>(decision.response_code),
                        static_cast<int>(t.response_code), at);
        findings_.equal("decision.checks", authorization::encode_checks(decision.checks), t.checks, at);
        if (decision.approved) s.fee_decided = facts->fee_minor;
        return decision.approved ? decision.approved_minor : decision.billing_minor;
    }

    void add_entry(const LedgerEntry& e) {
        const auto at = [&] { return fmt::format("account {} entry {}", e.account_id.value, e.entry_no); };
        Summary* s = known(e.transaction_id);
        if (!s && past_.is_archived(e.transaction_id)) return;
        if (!s || s->account_id != e.account_id)
            return findings_.add("entry.transaction", at(), "a transaction of the account", e.transaction_id.value);
        add_to(e.kind == EntryKind::posting ? s->entries_posted : s->entries_held, e.amount_minor);
    }

    void add_linked(const CardTransaction& t) {
        if (t.result == TransactionResult::declined) return;
        Summary* original = known(t.original_transaction_id);
        if (!original && past_.is_archived(t.original_transaction_id)) return;
        if (!original || original->account_id != t.account_id)
            return findings_.add("transaction.original", fmt::format("transaction {}", t.transaction_id.value),
                                 "a transaction of the account", t.original_transaction_id.value);
        if (t.code == TransactionCode::refund) add_to(original->refunds, t.remaining_minor);
        if (t.code == TransactionCode::pre_authorization) add_to(original->increments, t.billing_amount_minor);
    }

    void add_transition(const TransactionEvent& e) {
        Summary* s = known(e.transaction_id);
        if (!s && past_.is_archived(e.transaction_id)) return;
        if (!s || s->account_id != e.account_id)
            return findings_.add("transition.transaction",
                                 fmt::format("account {} event {}", e.account_id.value, e.event_no),
                                 "a transaction of the account", e.transaction_id.value);
        if (e.event_type != TransitionEventType::clearing_matched) add_to(s->taken_back, e.amount_minor);
        if (e.occurred_at >= past_.events_before) s->transitions_stored += mark_of(e.event_type, e.occurred_at);
    }

    void add_event(const DomainEvent& e) {
        if (!e.transaction_id) return;  // of a card or a customer
        ++report_.events;
        const auto at = [&] { return fmt::format("event {}", e.sequence_no); };
        Summary* s = known(e.transaction_id);
        if (!s && past_.is_archived(e.transaction_id)) return;
        if (!s) return findings_.add("event.transaction", at(), "a transaction", e.transaction_id.value);
        findings_.equal("event.tenant", s->tenant_id.value, e.tenant_id.value, at);
        findings_.equal("event.account", s->account_id.value, e.account_id.value, at);
        findings_.equal("event.stream", s->token_id.value, e.stream_id, at);
        if (e.kind != EventKind::transaction_transition) {
            const bool declined = s->result == TransactionResult::declined;
            const auto wanted = s->is_card_fee ? EventKind::card_fee_charged
                                : declined     ? EventKind::unsuccessful_transaction
                                               : EventKind::successful_transaction;
            findings_.equal("event.kind", to_name(wanted), to_name(e.kind), at);
            ++s->answers;
            return;
        }
        const auto payload =
            protocol::json::decode<TransitionPayload>(e.payload, {protocol::json::NameStyle::pascal, true});
        if (!payload || payload->transaction_id != e.transaction_id)
            return findings_.add("event.payload", at(), "a transition of the transaction", "something else");
        if (e.occurred_at >= past_.events_before) s->transitions_told += mark_of(payload->event_type, e.occurred_at);
    }

    void check(TransactionId id, const Summary& s) {
        const auto at = [&] { return fmt::format("transaction {}", id.value); };
        if (s.is_past) return;
        findings_.equal("transaction.posted", s.entries_posted, s.posted, at);
        findings_.equal("transaction.held", s.entries_held, s.held, at);
        findings_.equal("transaction.refunded", s.refunds, s.refunded, at);
        if (!s.has_past_events)
            findings_.equal("transaction.answer_events", std::int64_t{s.is_funding && !s.is_card_fee ? 0 : 1},
                            s.answers, at);
        if (s.transitions_stored != s.transitions_told)
            findings_.add("transaction.transition_events", at(), "an event for each transition", "others");
        std::int64_t billing = s.decided;
        add_to(billing, s.increments);
        findings_.equal("transaction.billing_amount", billing, s.billing, at);
        findings_.equal("transaction.remaining", remaining_of(s), s.remaining, at);
        if (s.held < 0 || s.remaining < 0 || s.refunded < 0)
            findings_.add("transaction.negative", at(), "no negative amounts", "one");
        // A fee is given back with the last of its transaction, never in part.
        const bool has_ended = s.state == TransactionState::voided || s.state == TransactionState::reversed ||
                               s.state == TransactionState::expired;
        const bool is_all_back = has_ended || (s.state == TransactionState::partially_reversed && s.remaining == 0);
        if (!s.is_funding && !(is_all_back && s.fee == 0)) findings_.equal("transaction.fee", s.fee_decided, s.fee, at);
        if (!s.is_funding) check_open_part(s, at);
    }

    /// What is left is either held or posted; increments and ended pre-authorizations have given theirs away.
    template <class Where>
    void check_open_part(const Summary& s, Where at) {
        std::int64_t open = s.held;
        std::int64_t posted = s.posted;  // of the amount itself
        add_to(posted, s.fee);
        add_to(open, posted < 0 && posted != std::numeric_limits<std::int64_t>::min() ? -posted : posted);
        std::int64_t left = s.remaining;  // of a hold that ended, what was refunded of it was booked back
        if (s.state == TransactionState::expired) add_to(left, s.refunded);
        findings_.equal("transaction.open_part", left, open, at);
        const bool ended = s.state == TransactionState::voided || s.state == TransactionState::reversed;
        findings_.equal("transaction.state", s.result == TransactionResult::voided, ended, at);
    }

    /// The billing amount less what was taken back, for those that keep any.
    static std::int64_t remaining_of(const Summary& s) {
        const bool ended = s.code == TransactionCode::pre_authorization && s.state == TransactionState::completed;
        if (s.result == TransactionResult::declined || s.is_funding || s.is_increment || ended) return 0;
        std::int64_t remaining = s.billing;
        if (__builtin_sub_overflow(remaining, s.taken_back, &remaining)) return -1;
        return remaining;
    }

    ports::Store& store_;
    const Past past_;
    Report& report_;
    Findings findings_;
    std::unordered_map<TransactionId, Summary> transactions_;  ///< of this window
};

}  // namespace

Result<void> verify_transactions(Books& books) {
    TransactionsPass pass(books);
    return in_windows<CardTransaction, &CardTransaction::transaction_id>(
        books.store, books.options.transactions_per_window, [&](const CardTransaction& t) { pass.add(t); },
        [&](Range range) {
            auto closed = pass.close(range);
            if (books.progress) books.progress("transactions", books.report.transactions);
            return closed;
        });
}

}  // namespace takas::app::verify
