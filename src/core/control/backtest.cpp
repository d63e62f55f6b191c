#include "core/control/backtest.hpp"

#include <algorithm>
#include <utility>

#include "core/control/rule_facts.hpp"

namespace takas::core::control {
namespace {

using authorization::Decision;
using authorization::Facts;
using authorization::Movement;
using authorization::TransactionCode;
using authorization::TransitionEventType;

Movement movement_of(const Facts& f) { return authorization::code_row(f.code).movement; }

/// What a decision takes from the account; negative: what it gives.
std::int64_t taken(const Decision& decision, const Facts& f, std::int64_t fee_minor) {
    if (!decision.approved) return 0;
    const Movement movement = movement_of(f);
    if (movement == Movement::credit) return fee_minor - decision.approved_minor;
    return fee_minor + (movement == Movement::hold ? decision.approved_minor : 0);
}

bool gives_back(TransitionEventType type) {
    switch (type) {
        case TransitionEventType::reversal:
        case TransitionEventType::partial_reversal:
        case TransitionEventType::void_transaction:
        case TransitionEventType::expire:
            return true;
        default:
            return false;
    }
}

/// Of a card that is used at the other end of the world from the institution's midnight.
constexpr std::int64_t s_per_day = 86'400, zone_slack_s = 14 * 3'600;

Instant midnight_before(std::int32_t day) { return Instant::from_seconds(day * s_per_day - zone_slack_s); }

}  // namespace

std::optional<Instant> counted_since(const PolicySet& set, Instant from) {
    Instant since = from;
    const auto reach = [&](VelocityPeriod period) {
        const auto rolling = rolling_steps(period);
        const Instant begin = rolling.count > 0
                                  ? from.plus_seconds(-rolling.step_s * (rolling.count + 1))
                                  : midnight_before(window_of(period, date_of(from.plus_seconds(-zone_slack_s)), from));
        since = std::min(since, begin);
    };
    for (const VelocityItem& item : set.velocity_items()) {
        if (item.period == VelocityPeriod::lifetime) return std::nullopt;
        if (item.period != VelocityPeriod::per_transaction) reach(item.period);
    }
    if (set.asks_for_usage()) reach(VelocityPeriod::monthly);
    return since;
}

void PolicyWorld::begin_account() {
    counters_.clear();
    heirs_.clear();
    open_.clear();
    refused_.clear();
    more_available_minor_ = 0;
}

Counters& PolicyWorld::counters_of(TokenId token_id) {
    for (auto& [known, counters] : counters_)
        if (known == token_id) return counters;
    return counters_.emplace_back(token_id, Counters{}).second;
}

/// With its first use a card in place of another has taken over what that one had counted, and ended it.
Counters& PolicyWorld::counters_of(const card::Card& card, card::CardStatus status) {
    const bool has_taken_over = std::ranges::find(heirs_, card.token_id, &Heir::token_id) != heirs_.end();
    if (!card.replaces_token_id || has_taken_over) return counters_of(card.token_id);
    if (status != card::CardStatus::pending_activation) heirs_.push_back({card.token_id, card.replaces_token_id});
    Counters before = counters_of(card.replaces_token_id);
    return counters_of(card.token_id) = std::move(before);
}

void PolicyWorld::give_back_open(Open& open, std::int64_t amount_minor) {
    const bool is_all = open.remaining_minor == 0;
    TokenId token_id = open.token_id;
    for (const Heir& heir : heirs_) {  // in the order in which they followed
        if (heir.before != token_id) continue;
        token_id = heir.token_id;
        auto counted = open.counted;
        give_back(counted, amount_minor, is_all, counters_of(token_id));
    }
    give_back(open.counted, amount_minor, is_all, counters_of(open.token_id));
}

/// What is taken over or increased. One from before what is read stands as it was.
PolicyWorld::Open* PolicyWorld::original_of(const PastDecision& past) {
    const Facts& f = past.facts;
    if (!f.original_found) return nullptr;
    const auto found = open_.find(past.row->original_transaction_id);
    if (found != open_.end()) return &found->second;
    const bool is_changed = f.code == TransactionCode::pre_authorization_completion || authorization::is_increment(f);
    if (!is_changed || f.original_result != authorization::TransactionResult::approved) return nullptr;
    Open& open = open_[past.row->original_transaction_id];
    open.token_id = past.row->token_id;
    open.is_approved = open.was_approved = true;
    open.remaining_minor = open.made_remaining_minor = f.original_held_minor;
    return &open;
}

/// The original as it is in this world. Nothing changes where it is the same as in truth.
void PolicyWorld::adapt_original(const PastDecision& past, const Open* original, Facts& f) const {
    if (!f.original_found) return;
    if (original) {
        // One that was approved in both may have been reversed since: what was seen then says so.
        if (original->is_approved != original->was_approved)
            f.original_result = original->is_approved ? authorization::TransactionResult::approved
                                                      : authorization::TransactionResult::declined;
        const std::int64_t more = original->remaining_minor - original->made_remaining_minor;
        f.original_remaining_minor += more;
        f.original_held_minor += more;
    } else if (refused_.contains(past.row->original_transaction_id)) {
        f.original_result = authorization::TransactionResult::declined;
    }
}

const Decision& PolicyWorld::decide(const PastDecision& past, std::optional<std::int64_t> billing_minor,
                                    const Decision& made, bool is_standing, rule::Facts& facts) {
    Facts f = past.facts;
    Open* original = original_of(past);
    if (!is_standing) {
        f.posted_minor += more_available_minor_;
        adapt_original(past, original, f);
    }
    Conclusion fresh;
    fresh.considered = std::move(conclusion_.considered);  // for its memory
    fresh.considered.clear();
    conclusion_ = std::move(fresh);
    fee_minor_ = past.facts.fee_minor;
    if (!past.card) {
        decision_ = is_standing ? made : authorization::decide(f);
        settle(past, made, f, original);
        return decision_;
    }
    // A completion takes the place of its pre-authorization, whose amount no longer counts; only if it is approved.
    Counters& owned = counters_of(*past.card, f.card_status);
    Counters tried;
    std::vector<Considered> given_back;
    const bool takes_over = original && f.code == TransactionCode::pre_authorization_completion;
    if (takes_over) {
        tried = owned;
        given_back = original->counted;
        give_back(given_back, original->remaining_minor, /*is_all=*/true, tried);
    }
    Counters& counters = takes_over ? tried : owned;
    if (set_.asks_for_usage()) fill_usage(counters, f.business_date, f.decided_at, f.account_digits, facts);
    const Situation situation = situation_of(
        f, facts, {past.card->token_id, past.card->card_product_code, EntityId{past.circumstances.customer_segment_id}},
        billing_minor, past.card->velocity_limits);
    consider(set_, situation, counters, selection_, conclusion_);
    if (!is_standing) {
        become_facts(set_, conclusion_, f);
        fee_minor_ = f.fee_minor;
    }
    decision_ = is_standing ? made : authorization::decide(f);
    if (decision_.approved) {
        count(set_, situation, decision_.approved_minor, conclusion_, counters);
        if (takes_over) owned = std::move(tried), original->counted = std::move(given_back);
    }
    settle(past, made, f, original);
    return decision_;
}

/// Where the money of both worlds goes, and what may still happen to it.
void PolicyWorld::settle(const PastDecision& past, const Decision& made, const Facts& f, Open* original) {
    const bool is_completion = f.code == TransactionCode::pre_authorization_completion;
    more_available_minor_ += taken(made, f, past.facts.fee_minor) - taken(decision_, f, fee_minor_);
    if (is_completion && f.original_found) {
        const std::int64_t held = original ? original->remaining_minor : f.original_held_minor;
        const std::int64_t made_held = original ? original->made_remaining_minor : f.original_held_minor;
        more_available_minor_ += (decision_.approved ? held : 0) - (made.approved ? made_held : 0);
    }
    if (original && is_completion) {
        if (decision_.approved) original->remaining_minor = 0;
        if (made.approved) original->made_remaining_minor = 0;
    }
    if (original && authorization::is_increment(f)) {
        if (made.approved) original->made_remaining_minor += made.approved_minor;
        if (decision_.approved) {
            original->remaining_minor += decision_.approved_minor;
            for (const Considered& one : conclusion_.considered)
                if (one.added != Used{}) original->counted.push_back(one);
        }
        return;  // it is held on the original, which is what may be reversed
    }
    remember(past, made, f);
}

void PolicyWorld::remember(const PastDecision& past, const Decision& made, const Facts& f) {
    if (made.approved && !decision_.approved) refused_.emplace(past.row->transaction_id, true);
    const bool is_followed = past.is_followed || f.code == TransactionCode::pre_authorization;
    if (!is_followed || (!made.approved && !decision_.approved)) return;
    Open& open = open_[past.row->transaction_id];
    open.token_id = past.row->token_id;
    open.is_approved = decision_.approved, open.was_approved = made.approved;
    open.is_credit = movement_of(f) == Movement::credit;
    if (made.approved) open.made_remaining_minor = made.approved_minor, open.made_fee_minor = past.facts.fee_minor;
    if (!decision_.approved) return;
    open.remaining_minor = decision_.approved_minor;
    open.fee_minor = fee_minor_;
    for (const Considered& one : conclusion_.considered)
        if (one.added != Used{}) open.counted.push_back(one);
}

void PolicyWorld::happened(const authorization::TransactionEvent& event) {
    if (!gives_back(event.event_type)) return;
    const auto found = open_.find(event.transaction_id);
    if (found == open_.end()) return;  // from before what is read: its windows are over
    Open& open = found->second;
    const std::int64_t sign = open.is_credit ? -1 : 1;
    const std::int64_t made_back = event.amount_minor;
    const bool is_whole = made_back >= open.made_remaining_minor;
    open.made_remaining_minor -= made_back;
    const std::int64_t made_fee = open.made_remaining_minor == 0 ? std::exchange(open.made_fee_minor, 0) : 0;
    more_available_minor_ -= sign * made_back + made_fee;
    if (!open.is_approved) return;
    const std::int64_t back = is_whole ? open.remaining_minor : std::min(made_back, open.remaining_minor);
    open.remaining_minor -= back;
    const std::int64_t fee = open.remaining_minor == 0 ? std::exchange(open.fee_minor, 0) : 0;
    more_available_minor_ += sign * back + fee;
    give_back_open(open, back);
}

const Considered* PolicyWorld::refused_by() const {
    using enum ItemOutcome;
    using authorization::DeclineReason;
    for (const Considered& one : conclusion_.considered) {
        if (one.is_shadow) continue;
        const bool is_limit = one.outcome == amount_exceeded || one.outcome == count_exceeded;
        if (decision_.reason == DeclineReason::control_refused && one.outcome == declined) return &one;
        if (decision_.reason == DeclineReason::velocity_amount_exceeded && is_limit) return &one;
        if (decision_.reason == DeclineReason::velocity_count_exceeded && is_limit) return &one;
    }
    return nullptr;
}

void Backtest::begin_account() {
    current_.begin_account();
    changed_.begin_account();
}

const Decision& Backtest::decide(const PastDecision& past, bool is_standing) {
    const Facts& f = past.facts;
    made_ = authorization::decide(f);
    const auto billing_minor = authorization::billing_of(f);
    if (past.card)
        fill(view_of(*past.row, f.transaction_digits), {billing_minor, f.account_currency, f.account_digits},
             past.circumstances, past.card, {f.decided_at, f.business_date}, facts_);
    current_.decide(past, billing_minor, made_, is_standing, facts_);
    changed_.decide(past, billing_minor, made_, is_standing, facts_);
    return made_;
}

void Backtest::happened(const authorization::TransactionEvent& event) {
    current_.happened(event);
    changed_.happened(event);
}

}  // namespace takas::core::control
