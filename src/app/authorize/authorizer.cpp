#include "app/authorize/authorizer.hpp"

#include <fmt/format.h>

#include "app/authorize/gather.hpp"
#include "app/authorize/own_rate.hpp"
#include "app/authorize/policy_stage.hpp"
#include "app/authorize/transition_event.hpp"
#include "app/card_security/piece.hpp"
#include "app/events/card_security_payloads.hpp"
#include "app/ports/tables.hpp"
#include "base/log.hpp"
#include "core/card/renewal.hpp"

namespace takas::app::authorize {

namespace authorization = core::authorization;
using authorization::CardTransaction;
using authorization::Request;
using ports::CommitOutcome;
using ports::where;

/// One request on its way through a lane. `answer` is made afresh at every attempt.
struct Authorizer::Pending {
    TenantId tenant_id;
    TokenId token_id;
    Request request;
    std::optional<authorization::ReversalRequest> reversal{};
    authorization::Issued issued;
    bool key_was_seen = false;
    Result<Answer> answer = fail(ErrorCode::unavailable);
    Done done;

    AccountId account_id{};
    std::unique_ptr<const card_security::Presented> presented{};  ///< nullptr: the message has no secrets
    std::optional<card_security::CardView> view{};                ///< what the verdicts are about
    std::optional<card_security::Verdicts> verdicts{};
    std::optional<Blob> chip_key{};  ///< of a cryptogram that may be posted once
    bool chip_key_was_seen = false;
    bool asks_again = false;  ///< the PIN was changed since they were found
    int questions = 0;
    bool is_cryptogram_good = false;  ///< the chip gets its answer, also when another rule refused before Arqc
    std::vector<core::card::IssuerScript> scripts_again{};  ///< of a replay

    static constexpr int questions_max = 3;  ///< nobody changes a PIN that often at once
};

namespace {

/// Six digits that look random but follow from the id, so that a decision can be made again with the same answer.
std::string six_digits(std::int64_t id, std::uint64_t salt) {
    std::uint64_t x = static_cast<std::uint64_t>(id) + salt * 0x9E3779B97F4A7C15ULL;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
    return fmt::format("{:06}", (x ^ (x >> 31)) % 1'000'000);
}

}  // namespace

Error commit_error(CommitOutcome outcome) {
    return Error{outcome == CommitOutcome::unknown ? ErrorCode::outcome_unknown : ErrorCode::unavailable, {}, {}, {}};
}

Authorizer::Authorizer(ports::Store& store, const ports::Clock& clock, ids::IdSource& ids, catalog::Catalog& catalog,
                       lane::Lanes& lanes, card_security::Verifier* verifier)
    : store_(store),
      clock_(clock),
      ids_(ids),
      catalog_(catalog),
      lanes_(lanes),
      verifier_(verifier),
      directory_(store) {}

void Authorizer::fill_in(Request& request, TransactionId transaction_id) const {
    if (request.stan.empty()) request.stan = six_digits(transaction_id.value, 1);
    if (request.rrn.empty()) {
        // The usual form: last digit of the year, day of the year, hour, STAN (ISO 8583 DE 37 practice).
        const Instant now = clock_.now();
        const Date today = date_of(now);
        const auto c = civil(today);
        const int day = today.value - make_date(c.year, 1, 1)->value + 1;
        const auto hour = (now.seconds() / 3600) % 24;
        request.rrn = fmt::format("{}{:03}{:02}{}", c.year % 10, day, hour, request.stan);
    }
}

void Authorizer::make_repeatable(Request& request) const {
    fill_in(request, ids_.next<TransactionId>());
    request.is_repeatable = true;
}

void Authorizer::authorize(TenantId tenant_id, CardReference card, Request request,
                           std::unique_ptr<const card_security::Presented> presented, Done done) {
    auto place = card.token_id ? directory_.by_token(tenant_id, card.token_id)
                               : directory_.by_pan_hash(tenant_id, card.pan_hash.value_or(Blob{}));
    if (!place) return done(std::unexpected(std::move(place.error())));

    auto pending = std::make_shared<Pending>();
    pending->tenant_id = tenant_id;
    pending->token_id = *place ? (*place)->token_id : TokenId{};
    pending->issued.transaction_id = ids_.next<TransactionId>();
    pending->issued.auth_no = six_digits(pending->issued.transaction_id.value, 2);
    fill_in(request, pending->issued.transaction_id);
    if (request.is_repeatable || request.message_key) {
        if (!request.message_key) request.message_key = message_key(tenant_id, request);
        request.message_hash = message_hash(request, pending->token_id);
    }
    pending->request = std::move(request);
    pending->done = std::move(done);
    pending->account_id = *place ? (*place)->account_id : AccountId{};
    if (pending->request.message_key)
        pending->key_was_seen = recent_keys_.seen_or_add(pending->account_id, *pending->request.message_key);
    // A card nobody knows has no secrets to compare with.
    if (presented && !presented->is_empty() && *place) pending->presented = std::move(presented);
    verify_and_submit(pending);
}

void Authorizer::verify_and_submit(const PendingPtr& pending) {
    Pending& p = *pending;
    if (p.presented) {
        if (!verifier_) return p.done(fail(ErrorCode::hsm_unavailable, "no HSM is set up"));
        if (++p.questions > Pending::questions_max) return p.done(fail(ErrorCode::unavailable, "the PIN moves"));
        auto view = card_security::look_at_card(lanes_, p.account_id, p.tenant_id, p.token_id);
        if (!view) return p.done(std::unexpected(std::move(view.error())));
        p.view = std::move(*view);
        const Request& r = p.request;
        card_security::turn_to_piece(*p.view, *p.presented, r.stated_expiry);
        auto verdicts = verifier_->verify(
            *p.presented, *p.view,
            {r.pos_entry_mode, r.is_offline, r.code, r.transaction_amount_minor, r.transaction_currency});
        if (!verdicts) return p.done(std::unexpected(std::move(verdicts.error())));
        p.verdicts = std::move(*verdicts);
        // A message that names its original, such as a completion, carries the chip data of that one.
        if (!p.verdicts->offline_cryptogram.empty() && !r.original_transaction_id) {
            p.chip_key =
                offline_chip_key(p.tenant_id, p.token_id, p.verdicts->offline_cryptogram, p.verdicts->offline_on);
            p.chip_key_was_seen = recent_keys_.seen_or_add(p.account_id, *p.chip_key);
        }
    }
    lanes_.submit({p.account_id, p.tenant_id, [this, pending](lane::Work& work) { decide(work, *pending); },
                   [this, pending](CommitOutcome outcome) { complete(pending, outcome); }});
}

/// False when this command cannot be decided now: the card cannot be read, or its PIN is another one than the verdicts
/// are about.
bool Authorizer::become_facts(lane::Work& work, Pending& p, authorization::Facts& facts,
                              core::card::CardSecurity& security) const {
    auto known = work.security(p.token_id);
    if (!known) return false;
    security = std::move(*known);
    const auto card = work.card(p.token_id);
    if (!card || !*card) return false;
    p.asks_again = card_security::is_outdated(*p.verdicts, security) || card_security::is_other_piece(*p.view, **card);
    if (p.asks_again) return false;
    card_security::turn_counters(*p.view, security);
    card_security::become_facts(*p.verdicts, security, p.request, facts);
    return true;
}

authorization::Facts Authorizer::gather(const Pending& p, const core::ledger::CardAccount& account,
                                        const core::card::Card* card,
                                        const std::optional<CardTransaction>& original) const {
    const bool is_previous_piece = p.view && p.view->is_previous_piece;
    return facts_of(catalog_, {p.tenant_id, p.token_id, p.request, account, card, original ? &*original : nullptr,
                               clock_.now(), is_previous_piece ? p.view->expire_date : p.request.stated_expiry});
}

/// Finds out what the chip was told with the first answer.
void Authorizer::answer_chip_again(lane::Work& work, Pending& p) {
    if (!p.verdicts || !p.verdicts->atc) return;
    const CardTransaction& t = p.answer->transaction;
    p.is_cryptogram_good = t.arqc_result_code == authorization::ArqcResultCode::passed;
    auto security = work.security(p.token_id);
    if (!security) return;
    card_security::turn_counters(*p.view, *security);
    const bool had_scripts = security->sent_with == t.transaction_id;
    if (had_scripts) p.scripts_again = security->sent_scripts;
    // Its row tells nothing of a cryptogram whose rule was not reached; the counter does.
    if (t.arqc_result_code == authorization::ArqcResultCode::not_performed)
        p.is_cryptogram_good = had_scripts || security->last_atc == *p.verdicts->atc;
}

void Authorizer::decide(lane::Work& work, Pending& p) {
    p.answer = fail(ErrorCode::unavailable);
    p.asks_again = false;
    p.is_cryptogram_good = false;
    p.scripts_again.clear();
    auto duplicate = authorization::Duplicate::none;
    if (p.request.message_key) {
        auto known = work.transaction_by_key(*p.request.message_key, p.key_was_seen);
        if (!known) return;
        if (*known) {
            if ((*known)->message_hash == p.request.message_hash) {
                p.answer = Answer{std::move(**known), {}, 0, work.account().available_minor(), true};
                p.answer->reason = p.answer->transaction.decline_reason;
                answer_chip_again(work, p);
                return;
            }
            duplicate = authorization::Duplicate::other_content;
        }
    }
    if (p.chip_key) {
        const auto known = work.transaction_by_key(*p.chip_key, p.chip_key_was_seen);
        if (!known) return;
        if (*known) duplicate = authorization::Duplicate::other_content;
    }
    std::optional<CardTransaction> original;
    if (p.request.original_transaction_id) {
        auto found = work.transaction(p.request.original_transaction_id);
        if (!found) return;
        original = std::move(*found);
    }
    auto card = work.card(p.token_id);
    if (!card) return;
    authorization::Facts facts = gather(p, work.account(), *card, original);
    facts.duplicate = duplicate;
    core::card::CardSecurity security;
    const bool has_secrets = p.verdicts && *card;
    if (has_secrets && !become_facts(work, p, facts, security)) return;
    p.is_cryptogram_good = p.request.arqc_result == authorization::ArqcResultCode::passed;
    PolicyStage policy(catalog_, work);
    if (*card) {
        if (uses_own_rate(p.request, work.account().currency))
            policy.rate = own_rate(catalog_, p.tenant_id, p.request.code, p.request.transaction_currency,
                                   work.account().currency, *card, facts.decided_at);
        if (!policy.consider(p.request, **card, facts.original_found ? &*original : nullptr, facts)) return;
    }
    const auto decision = authorization::decide(facts);
    auto changes = authorization::changes(p.request, facts, decision, p.issued, *card, work.account(),
                                          facts.original_found ? &*original : nullptr);
    policy.conclude(p.request, facts, decision, changes);
    if (!changes.entries.empty()) work.touch();
    Answer answer{changes.transaction, decision.reason, decision.approved_minor, work.account().available_minor(),
                  false};
    work.insert(std::move(changes.transaction));
    if (p.chip_key && decision.approved) work.claim(*p.chip_key, p.issued.transaction_id);
    for (auto& entry : changes.entries) work.insert(std::move(entry));
    if (changes.original) work.update(std::move(*changes.original));
    work.insert(std::move(changes.event));
    if (has_secrets) count(work, p, decision, **card, std::move(security));
    // The first use of a renewed card ends the piece before it.
    if (has_secrets && decision.approved && card_security::shows_newest_piece(*p.view, facts))
        if (auto in_use = core::card::renewal_activated(**card)) work.update(std::move(*in_use));
    p.answer = std::move(answer);
}

/// Counters, ATC and scripts, with the events of what is blocked now.
void Authorizer::count(lane::Work& work, const Pending& p, const authorization::Decision& decision,
                       const core::card::Card& card, core::card::CardSecurity security) const {
    const auto counted = card_security::count(*p.verdicts, p.request, decision, p.issued.transaction_id, security);
    using core::event::EventKind;
    for (const auto& [is_now, kind] : {std::pair(counted.is_pin_blocked_now, EventKind::pin_blocked),
                                       std::pair(counted.is_cvv2_blocked_now, EventKind::cvv2_blocked)})
        if (is_now) work.insert(events::card_security_event(kind, card, clock_.now(), {}));
    card_security::turn_counters(*p.view, security);
    if (counted.is_changed) work.update(std::move(security));
}

/// The issuer's answer to a good cryptogram. Most answers are approvals, for which it was made with the verdict.
void Authorizer::answer_chip(Pending& p) const {
    if (!p.answer || !p.verdicts || !p.verdicts->atc) return;
    if (!p.is_cryptogram_good) return;
    const CardTransaction& t = p.answer->transaction;
    if (t.decline_reason == authorization::DeclineReason::duplicate_message) return;  // the first one has its answer
    const bool is_approved = t.response_code == authorization::ResponseCode::approved;
    if (is_approved && !p.answer->is_replay) {
        p.answer->chip = {p.verdicts->arpc, p.verdicts->issuer_authentication_data, p.verdicts->scripts};
        return;
    }
    auto made = verifier_->answer_chip(*p.presented, *p.view, wire_code(t.response_code), p.scripts_again);
    if (made) {
        p.answer->chip = std::move(*made);
        if (!p.answer->is_replay) p.answer->chip.scripts = p.verdicts->scripts;
        return;
    }
    // The decision stands; the card takes an answer without it for "issuer not authenticated".
    log::warning("chip_answer_missing")
        .add("transaction_id", t.transaction_id)
        .add("detail", made.error().internal_detail);
}

void Authorizer::reverse(TenantId tenant_id, TransactionId transaction_id, authorization::ReversalRequest request,
                         Done done) {
    auto stored = store_.find<CardTransaction>({where<&CardTransaction::transaction_id>(transaction_id)});
    if (!stored) return done(std::unexpected(std::move(stored.error())));
    if (!*stored || (*stored)->tenant_id != tenant_id || (*stored)->code == authorization::TransactionCode::load ||
        (*stored)->code == authorization::TransactionCode::unload)
        return done(fail(ErrorCode::transaction_not_found));

    auto pending = std::make_shared<Pending>();
    pending->tenant_id = tenant_id;
    pending->issued.transaction_id = transaction_id;
    pending->done = std::move(done);
    pending->reversal = std::move(request);
    lanes_.submit({(*stored)->account_id, tenant_id, [pending](lane::Work& work) { decide_reversal(work, *pending); },
                   [this, pending](CommitOutcome outcome) { complete(pending, outcome); }});
}

void Authorizer::decide_reversal(lane::Work& work, Pending& p) {
    p.answer = fail(ErrorCode::unavailable);
    auto found = work.transaction(p.issued.transaction_id);
    if (!found || !*found) return;
    CardTransaction& t = **found;
    const authorization::ReversalRequest& request = *p.reversal;
    // Looked up after the transaction was read: who sees what its twin did to it, sees the twin's claim too.
    if (request.message_key) {
        auto known = work.transaction_by_key(*request.message_key, /*look_in_store=*/true);
        if (!known) return;
        if (*known) {
            p.answer = Answer{std::move(t), {}, 0, work.account().available_minor(), /*is_replay=*/true};
            return;
        }
    }
    const auto outcome = authorization::decide_reversal(t, request);
    if (outcome.reason != authorization::DeclineReason::none) {
        p.answer = Answer{std::move(t), outcome.reason, 0, work.account().available_minor(), false};
        return;
    }
    std::optional<CardTransaction> original;
    if (t.original_transaction_id) {
        auto of = work.transaction(t.original_transaction_id);
        if (!of) return;
        original = std::move(*of);
    }
    if (!work.usage(t.token_id)) return;
    auto changes = authorization::reverse(t, request, outcome, work.account(), original ? &*original : nullptr);
    give_back_limits(work, changes.transaction, outcome.reversed_minor);
    work.touch();
    p.answer = Answer{changes.transaction, {}, outcome.reversed_minor, work.account().available_minor(), false};
    work.insert(transition_event(changes.transaction, changes.event));
    work.update(std::move(changes.transaction));
    if (request.message_key) work.claim(*request.message_key, p.issued.transaction_id);
    for (auto& entry : changes.entries) work.insert(std::move(entry));
    work.insert(std::move(changes.event));
    if (changes.original) work.update(std::move(*changes.original));
}

/// What the reversal that a repeat asks for has reversed: the transaction's events say so, now that they are durable.
Result<std::int64_t> Authorizer::reversed_before(const Pending& p) const {
    using authorization::ReversalType, authorization::TransitionEventType, authorization::TransactionEvent;
    const ReversalType asked = p.reversal->type;
    const auto type = asked == ReversalType::void_transaction ? TransitionEventType::void_transaction
                      : asked == ReversalType::reversal       ? TransitionEventType::reversal
                                                              : TransitionEventType::partial_reversal;
    std::vector conditions{where<&TransactionEvent::account_id>(p.answer->transaction.account_id),
                           where<&TransactionEvent::transaction_id>(p.issued.transaction_id),
                           where<&TransactionEvent::event_type>(type)};
    if (p.reversal->amount_minor)
        conditions.push_back(where<&TransactionEvent::amount_minor>(*p.reversal->amount_minor));
    auto event = store_.list<TransactionEvent>({std::move(conditions), {}, 0, 1});
    if (!event) return std::unexpected(std::move(event.error()));
    if (event->empty()) return fail(ErrorCode::idempotency_conflict, "the key was used for another reversal");
    return event->front().amount_minor;
}

void Authorizer::answer(Pending& p) const {
    if (p.reversal && p.answer && p.answer->is_replay) {
        const auto amount_minor = reversed_before(p);
        if (!amount_minor) return p.done(std::unexpected(amount_minor.error()));
        p.answer->amount_minor = *amount_minor;
    }
    answer_chip(p);
    p.done(std::move(p.answer));
}

void Authorizer::complete(const std::shared_ptr<Pending>& pending, CommitOutcome outcome) {
    Pending& p = *pending;
    if (outcome == CommitOutcome::committed && p.asks_again) return verify_and_submit(pending);
    if (outcome == CommitOutcome::committed) return answer(p);
    if (outcome == CommitOutcome::unknown && p.answer) {
        // Never approve on hope: the row says whether the commit happened.
        auto row = store_.find<CardTransaction>(
            {where<&CardTransaction::transaction_id>(p.answer->transaction.transaction_id)});
        if (row && *row && (*row)->remaining_minor == p.answer->transaction.remaining_minor) return answer(p);
        if (row && !*row) return p.done(std::unexpected(commit_error(CommitOutcome::unavailable)));
    }
    p.done(std::unexpected(commit_error(outcome)));
}

}  // namespace takas::app::authorize
