#include "app/backtests/tally.hpp"

#include <algorithm>

namespace takas::app::backtests {

namespace {

using namespace core::control;
using core::authorization::Decision;
using core::authorization::DeclineReason;

bool is_same(const Decision& a, std::int64_t fee_a, const Decision& b, std::int64_t fee_b) {
    if (a.approved != b.approved) return false;
    if (a.approved) return a.approved_minor == b.approved_minor && fee_a == fee_b;
    return a.reason == b.reason && a.response_code == b.response_code;
}

FlipKind kind_of(const Decision& before, const Decision& after) {
    if (before.approved && !after.approved) return FlipKind::newly_declined;
    if (!before.approved && after.approved) return FlipKind::newly_approved;
    return before.approved ? FlipKind::other_amount : FlipKind::other_reason;
}

std::int64_t& of_kind(BacktestDay& day, FlipKind kind) {
    switch (kind) {
        case FlipKind::newly_declined:
            return day.newly_declined;
        case FlipKind::newly_approved:
            return day.newly_approved;
        case FlipKind::other_reason:
            return day.other_reason;
        case FlipKind::other_amount:
            break;
    }
    return day.other_amount;
}

/// Ids made together differ in few bits: mixed well (the finaliser of splitmix64).
std::uint64_t draw_of(TransactionId id) {
    std::uint64_t x = static_cast<std::uint64_t>(id.value) + 0x9E3779B97F4A7C15ULL;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31);
}

std::string error_of(const Decision& decision) {
    return decision.approved ? std::string() : core::authorization::public_code(decision.reason);
}

std::string name_of(const PolicySet& set, const Considered& one) {
    if (one.family == Family::authorization_control) {
        for (const auto& item : set.authorization_items())
            if (item.id == one.id) return item.name;
    } else {
        for (const auto& item : set.velocity_items())
            if (item.id == one.id) return item.name;
    }
    return {};
}

BacktestSample sample_of(const PastDecision& past, const Backtest& worlds) {
    const Decision &before = worlds.current().decision(), &after = worlds.changed().decision();
    const std::uint8_t digits = past.facts.account_digits;
    BacktestSample s;
    s.transaction_id = past.row->transaction_id, s.token_id = past.row->token_id;
    s.transaction_time = past.facts.decided_at;
    s.amount = {after.billing_minor, digits};
    s.currency = past.facts.account_currency;
    s.was_approved = before.approved, s.is_approved = after.approved;
    s.response_before = before.response_code, s.response_after = after.response_code;
    s.error_before = error_of(before), s.error_after = error_of(after);
    s.approved_before = {before.approved_minor, digits}, s.approved_after = {after.approved_minor, digits};
    s.fee_before = {before.approved ? worlds.current().fee_minor() : 0, digits};
    s.fee_after = {after.approved ? worlds.changed().fee_minor() : 0, digits};
    for (const PolicyWorld* world : {&worlds.changed(), &worlds.current()})
        if (const Considered* one = world->refused_by()) {
            s.control_family = one->family, s.control_id = one->id;
            s.control_name = name_of(world->set(), *one);
            break;
        }
    return s;
}

/// What a flip is about: what is no longer approved, what is approved now, what was asked, the difference.
std::int64_t amount_of(FlipKind kind, const Decision& before, const Decision& after) {
    switch (kind) {
        case FlipKind::newly_declined:
            return before.approved_minor;
        case FlipKind::newly_approved:
            return after.approved_minor;
        case FlipKind::other_amount:
            return after.approved_minor - before.approved_minor;
        case FlipKind::other_reason:
            break;
    }
    return std::max(before.billing_minor, after.billing_minor);
}

}  // namespace

void Tally::decided(const PastDecision& past, const Decision& made, const Backtest& worlds) {
    const PolicyWorld &current = worlds.current(), &changed = worlds.changed();
    const Decision &before = current.decision(), &after = changed.decision();
    ++report_.decision_count;
    report_.approved_before += before.approved ? 1 : 0;
    report_.approved_after += after.approved ? 1 : 0;
    if (!is_same(made, past.facts.fee_minor, before, current.fee_minor())) ++report_.differs_from_made;
    BacktestDay& day = days_[past.facts.business_date.value];
    ++day.decision_count;
    if (is_same(before, current.fee_minor(), after, changed.fee_minor())) return;
    const FlipKind kind = kind_of(before, after);
    ++of_kind(day, kind);
    if (std::ranges::find(affected_, past.row->token_id) == affected_.end()) affected_.push_back(past.row->token_id);
    add(kind, past, worlds);
}

void Tally::add(FlipKind kind, const PastDecision& past, const Backtest& worlds) {
    Kind& sum = kinds_[static_cast<std::size_t>(kind)];
    ++sum.count;
    const auto currency = std::pair(std::int32_t{past.facts.account_currency.value}, past.facts.account_digits);
    sum.minor_by_currency[currency] += amount_of(kind, worlds.current().decision(), worlds.changed().decision());
    const std::uint64_t draw = draw_of(past.row->transaction_id);
    if (sum.samples.size() == samples_max) {
        if (draw >= sum.samples.front().draw) return;
        std::ranges::pop_heap(sum.samples, {}, &Drawn::draw);
        sum.samples.pop_back();
    }
    sum.samples.push_back({draw, sample_of(past, worlds)});
    std::ranges::push_heap(sum.samples, {}, &Drawn::draw);
}

void Tally::account_done() {
    report_.affected_card_count += static_cast<std::int64_t>(affected_.size());
    affected_.clear();
}

BacktestReport Tally::report() const {
    BacktestReport out = report_;
    for (std::size_t i = 0; i < flip_kinds; ++i) {
        const Kind& sum = kinds_[i];
        BacktestFlips flips{static_cast<FlipKind>(i), sum.count, {}, {}};
        for (const auto& [currency, minor] : sum.minor_by_currency)
            flips.amounts.push_back(
                {core::money::Currency{static_cast<std::int16_t>(currency.first)}, Decimal{minor, currency.second}});
        for (const Drawn& one : sum.samples) flips.samples.push_back(one.sample);
        std::ranges::sort(flips.samples, {},
                          [](const BacktestSample& s) { return std::pair(s.transaction_time, s.transaction_id); });
        out.flips.push_back(std::move(flips));
    }
    for (auto [number, day] : days_) {
        day.day = Date{number};
        out.days.push_back(day);
    }
    for (std::size_t i = 0; i < backtest_gaps; ++i)
        if (gaps_[i] > 0 || is_gap_[i]) out.approximations.push_back({static_cast<BacktestGap>(i), gaps_[i]});
    return out;
}

}  // namespace takas::app::backtests
