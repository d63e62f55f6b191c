#include "core/control/consider.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/authorization/decide.hpp"
#include "core/control/consider_fee.hpp"

namespace takas::core::control {
namespace {

using authorization::Movement;
using authorization::TransactionCode;
using authorization::Verdict;

Considered note(const Item& item, LinkLevel level, ItemOutcome outcome) {
    Considered made;
    made.family = item.family;
    made.is_shadow = item.is_shadow;
    made.id = item.id;
    made.version_no = item.version_no;
    made.level = level;
    made.outcome = outcome;
    return made;
}

/// Linked, and the rule of no link holds: told, without effect.
Considered* note_idle(const Item& item, const Selection& selection, std::size_t index, Conclusion& out) {
    const auto link = selection.idle_link(index);
    if (!link) return nullptr;
    Considered& made = out.considered.emplace_back(note(item, link->level, ItemOutcome::link_not_matched));
    made.link_rule = link->rule;
    return &made;
}

/// By its criteria or in its rule.
bool names_code(const Item& item) {
    return item.criteria.transaction_code ||
           (item.rule && std::ranges::binary_search(item.rule->fields(), rule::Field::transaction_code));
}

/// Who gives money back, or asks for what was promised, is only concerned by a control that names such codes.
bool is_concerned(const AuthorizationItem& item, TransactionCode code) {
    const bool is_new = authorization::code_row(code).movement != Movement::credit &&
                        code != TransactionCode::pre_authorization_completion;
    return is_new || names_code(item);
}

bool fits(const Item& item, const Situation& s) { return item.is_effective(s.business_date) && item.matches(s.facts); }

void consider_controls(const PolicySet& set, const Situation& s, const Selection& selection, Conclusion& out) {
    bool is_ended = false;
    const auto items = set.authorization_items();
    for (std::size_t i = 0; i < items.size(); ++i) {
        const AuthorizationItem& item = items[i];
        const auto level = selection.level(i);
        if (!level) {
            note_idle(item, selection, i, out);
            continue;
        }
        if (out.authorization_control == Verdict::not_performed && !item.is_shadow)
            out.authorization_control = Verdict::passed;
        auto outcome = ItemOutcome::not_reached;
        // A draft is shown what it would say by itself: the list ends for those that decide.
        if (!is_ended || item.is_shadow) {
            outcome = ItemOutcome::not_matched;
            if (is_concerned(item, s.code) && fits(item, s))
                outcome = item.action == ControlAction::allow ? ItemOutcome::allowed : ItemOutcome::declined;
        }
        out.considered.push_back(note(item, *level, outcome));
        if (item.is_shadow || is_ended || outcome == ItemOutcome::not_matched) continue;
        is_ended = true;
        if (outcome != ItemOutcome::declined || s.is_forced) continue;  // an advice has happened
        out.authorization_control = Verdict::failed;
        out.control_response = item.response_code;
    }
}

/// Limits without a code count money that is taken; one that names a code counts that code, whatever it does.
bool is_counted(const VelocityItem& item, TransactionCode code) {
    if (item.criteria.transaction_code) return true;
    return authorization::code_row(code).movement == Movement::hold;
}

bool is_in_currency(const VelocityItem& item, const Situation& s) {
    return !item.currency || *item.currency == s.account_currency;
}

std::optional<std::int64_t> minor_of(const std::optional<Decimal>& major, std::uint8_t digits) {
    return major ? fee::to_minor_half_up(*major, digits) : std::nullopt;
}

const VelocityLimit* own_limit(const Situation& s, EntityId id) {
    for (const VelocityLimit& limit : s.card_limits) {
        const bool is_effective = (!limit.effective_from || *limit.effective_from <= s.business_date) &&
                                  (!limit.effective_to || s.business_date <= *limit.effective_to);
        if (limit.velocity_check_id == id && is_effective) return &limit;
    }
    return nullptr;
}

ItemOutcome outcome_of(const Considered& one, std::int64_t billing_minor, std::int64_t count) {
    if (one.limit_amount_minor && one.before.amount_minor + billing_minor > *one.limit_amount_minor)
        return ItemOutcome::amount_exceeded;
    if (one.limit_count && one.before.count + count > *one.limit_count) return ItemOutcome::count_exceeded;
    return ItemOutcome::within;
}

/// The limit as it stands for the card at this moment.
Considered limit_now(const VelocityItem& item, LinkLevel level, const Situation& s, const Counters& counters) {
    Considered one = note(item, level, ItemOutcome::within);
    one.key = item.key;
    one.period = item.period;
    one.window = window_of(item.period, s.business_date, s.decided_at);
    one.limit_amount_minor = minor_of(item.limit_amount, s.account_digits);
    one.limit_count = item.limit_count;
    if (const VelocityLimit* own = own_limit(s, item.id)) {
        one.is_card_limit = true;
        if (own->limit_amount) one.limit_amount_minor = minor_of(own->limit_amount, s.account_digits);
        if (own->limit_count) one.limit_count = own->limit_count;
    }
    if (item.period != VelocityPeriod::per_transaction)
        one.before = counters.used(item.key, item.period, s.business_date, s.decided_at);
    else
        one.before.amount_minor = s.before_minor;
    return one;
}

bool is_large_enough(const VelocityItem& item, const Situation& s) {
    const auto smallest = minor_of(item.min_amount, s.account_digits);
    return !smallest || s.before_minor + *s.billing_minor >= *smallest;
}

Considered consider_limit(const VelocityItem& item, LinkLevel level, const Situation& s, const Counters& counters) {
    const bool is_matched = s.billing_minor && is_counted(item, s.code) && fits(item, s) && is_large_enough(item, s);
    if (!is_matched || !is_in_currency(item, s)) {
        Considered one = note(item, level, is_matched ? ItemOutcome::other_currency : ItemOutcome::not_matched);
        one.period = item.period;
        return one;
    }
    Considered one = limit_now(item, level, s, counters);
    one.outcome = outcome_of(one, *s.billing_minor, s.is_increment ? 0 : 1);
    return one;
}

/// The first limit that objects is the answer; all are considered.
void consider_limits(const PolicySet& set, const Situation& s, const Counters& counters, const Selection& selection,
                     Conclusion& out) {
    const auto items = set.velocity_items();
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto level = selection.level(set.velocity_begin() + i);
        if (!level) {
            if (auto* idle = note_idle(items[i], selection, set.velocity_begin() + i, out))
                idle->period = items[i].period;
            continue;
        }
        const Considered& one = out.considered.emplace_back(consider_limit(items[i], *level, s, counters));
        if (one.is_shadow || one.outcome == ItemOutcome::not_matched || one.outcome == ItemOutcome::other_currency)
            continue;
        const bool has_refused = out.velocity_amount == Verdict::failed || out.velocity_count == Verdict::failed;
        if (!has_refused) out.velocity_count = Verdict::passed;
        if (has_refused || one.outcome == ItemOutcome::within || s.is_forced || s.is_promised) continue;
        (one.outcome == ItemOutcome::amount_exceeded ? out.velocity_amount : out.velocity_count) = Verdict::failed;
        out.velocity_response = items[i].response_code;
    }
}

/// A pre-authorization is charged with its completion; what gives money back costs nothing; what moves none costs what
/// a fee says that names its code.
bool is_charged(const FeeItem& item, TransactionCode code) {
    if (code == TransactionCode::pre_authorization) return false;
    const Movement movement = authorization::code_row(code).movement;
    return movement == Movement::hold || (movement == Movement::nothing && names_code(item));
}

void consider_fees(const PolicySet& set, const Situation& s, const Selection& selection, Conclusion& out) {
    const auto items = set.fee_items();
    const auto rank = [&](std::size_t i) {
        return std::tuple(-static_cast<int>(*selection.level(set.fee_begin() + i)),
                          items[i].criteria_count + int{items[i].rule.has_value()}, items[i].id.value);
    };
    const std::size_t first = out.considered.size();
    std::optional<std::size_t> chosen;
    std::size_t chosen_note = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto level = selection.level(set.fee_begin() + i);
        if (!level) {
            note_idle(items[i], selection, set.fee_begin() + i, out);
            continue;
        }
        const bool is_fitting = is_charged(items[i], s.code) && s.billing_minor && fits(items[i], s);
        out.considered.push_back(
            note(items[i], *level, is_fitting ? ItemOutcome::outranked : ItemOutcome::not_matched));
        if (!is_fitting || (chosen && rank(*chosen) > rank(i))) continue;
        chosen = i;
        chosen_note = out.considered.size() - 1;
    }
    if (!chosen) return;
    Considered& one = out.considered[std::max(chosen_note, first)];
    const auto amount = fee_for(items[*chosen].fee, *s.billing_minor, s.account_digits, set.taxes());
    one.outcome = ItemOutcome::nothing_due;
    if (amount.total_minor == 0) return;
    out.fee = amount;
    out.fee_item = chosen;
    one.fee_minor = out.fee.total_minor;
    one.outcome = ItemOutcome::charged;
}

}  // namespace

Situation situation_of(const authorization::Facts& decided, const rule::Facts& facts, CardPlace place,
                       std::optional<std::int64_t> billing_minor, std::span<const VelocityLimit> card_limits) {
    const bool is_increment = authorization::is_increment(decided);
    return {.facts = facts,
            .place = place,
            .business_date = decided.business_date,
            .decided_at = decided.decided_at,
            .code = decided.code,
            .billing_minor = billing_minor,
            .account_currency = decided.account_currency,
            .account_digits = decided.account_digits,
            .is_forced = decided.is_forced,
            .is_increment = is_increment,
            .card_limits = card_limits,
            .is_promised = decided.code == TransactionCode::pre_authorization_completion && decided.original_found,
            .before_minor = is_increment ? decided.original_remaining_minor : 0};
}

void become_facts(const PolicySet& set, Conclusion& conclusion, authorization::Facts& facts) {
    if (conclusion.fee_item) fit_fee(set, facts, conclusion);
    facts.authorization_control = conclusion.authorization_control;
    facts.control_response = conclusion.control_response;
    facts.velocity_amount = conclusion.velocity_amount;
    facts.velocity_count = conclusion.velocity_count;
    facts.velocity_response = conclusion.velocity_response;
    facts.fee_minor = conclusion.fee.total_minor;
    facts.fee_tax_minor = conclusion.fee.tax_minor;
}

void consider(const PolicySet& set, const Situation& situation, const Counters& counters, Selection& selection,
              Conclusion& conclusion) {
    auto memory = std::move(conclusion.considered);
    conclusion = {};
    conclusion.considered = std::move(memory);
    conclusion.considered.clear();
    set.select(situation.place, situation.facts, selection);
    consider_controls(set, situation, selection, conclusion);
    consider_limits(set, situation, counters, selection, conclusion);
    consider_fees(set, situation, selection, conclusion);
}

std::vector<std::pair<std::size_t, Considered>> limits_of(const PolicySet& set, const Situation& s,
                                                          const Counters& counters) {
    std::vector<std::pair<std::size_t, Considered>> out;
    Selection selection;
    set.select_for_card(s.place, s.facts, true, selection);
    const auto items = set.velocity_items();
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto level = selection.level(set.velocity_begin() + i);
        if (!level || items[i].is_shadow || !is_in_currency(items[i], s) || !items[i].is_effective(s.business_date))
            continue;
        out.emplace_back(i, limit_now(items[i], *level, s, counters));
    }
    return out;
}

void fill_usage(const Counters& counters, Date business_date, Instant at, std::uint8_t account_digits,
                rule::Facts& facts) {
    using rule::Field, rule::Value;
    const Used today = counters.used(card_day_key, VelocityPeriod::daily, business_date, at);
    const Used month = counters.used(card_month_key, VelocityPeriod::monthly, business_date, at);
    facts[Field::today_count] = Value::integer(today.count);
    facts[Field::today_amount] = Value::amount(today.amount_minor, account_digits);
    facts[Field::month_count] = Value::integer(month.count);
    facts[Field::month_amount] = Value::amount(month.amount_minor, account_digits);
}

void count(const PolicySet& set, const Situation& s, std::int64_t approved_minor, Conclusion& conclusion,
           Counters& counters) {
    const Used more{approved_minor, s.is_increment ? 0 : 1};
    if (set.asks_for_usage() && authorization::code_row(s.code).movement == Movement::hold) {
        for (const auto& [key, period] :
             {std::pair(card_day_key, VelocityPeriod::daily), std::pair(card_month_key, VelocityPeriod::monthly)}) {
            Considered own;
            own.family = Family::velocity_control;
            own.outcome = ItemOutcome::within;
            own.key = key, own.period = period;
            own.window = window_of(period, s.business_date, s.decided_at);
            own.before = counters.used(key, period, s.business_date, s.decided_at);
            conclusion.considered.push_back(std::move(own));
        }
    }
    const Considered* before = nullptr;
    for (Considered& one : conclusion.considered) {
        const Considered* const last = std::exchange(before, &one);
        if (!is_counting(one) || one.period == VelocityPeriod::per_transaction) continue;
        // A draft stands behind its control; when it counts the same, it shares the counter.
        if (last && last->key == one.key && last->added != Used{}) continue;
        one.added = more;
        one.generation = counters.add(one.key, one.period, s.business_date, s.decided_at, more);
    }
    if (counters.size() > set.counter_count()) counters.keep_only([&set](CounterKey key) { return set.knows(key); });
}

void give_back(std::vector<Considered>& considered, std::int64_t amount_minor, bool is_all, Counters& counters) {
    std::vector<std::pair<CounterKey, std::int64_t>> left;  // what is still to be given back to each counter
    for (auto one = considered.rbegin(); one != considered.rend(); ++one) {
        const Used outstanding{one->added.amount_minor - one->given_back.amount_minor,
                               one->added.count - one->given_back.count};
        if (outstanding == Used{}) continue;
        auto wanted = std::ranges::find(left, one->key, &std::pair<CounterKey, std::int64_t>::first);
        if (wanted == left.end()) wanted = left.insert(left.end(), {one->key, amount_minor});
        const Used less{std::min(outstanding.amount_minor, wanted->second), is_all ? outstanding.count : 0};
        wanted->second -= less.amount_minor;
        one->given_back.amount_minor += less.amount_minor;
        one->given_back.count += less.count;
        counters.give_back(one->key, one->window, one->generation, less);
    }
}

}  // namespace takas::core::control
