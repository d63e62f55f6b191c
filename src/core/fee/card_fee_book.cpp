#include "core/fee/card_fee_book.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace takas::core::fee {
namespace {

using control::ControlLink;
using control::Family;
using control::LinkLevel;
using control::rule::Facts;
using control::rule::Field;
using control::rule::Rule;
using control::rule::Scope;
using control::rule::Value;

constexpr Family family_of(const CardIssuanceFee&) { return Family::card_issuance_fee; }
constexpr Family family_of(const CardAnnualFee&) { return Family::card_annual_fee; }
constexpr Scope scope_of(const CardIssuanceFee&) { return Scope::issuance; }
constexpr Scope scope_of(const CardAnnualFee&) { return Scope::annual; }

int conditions_of(const CardIssuanceFee& fee) {
    return (fee.issuance_type ? 1 : 0) + (fee.physical_type ? 1 : 0) + (fee.rule.empty() ? 0 : 1);
}
int conditions_of(const CardAnnualFee& fee) { return fee.rule.empty() ? 0 : 1; }

/// Nothing and `is_broken` for a text that does not compile; nothing alone for no text.
std::optional<Rule> compiled(const std::string& text, Scope scope, bool& is_broken) {
    if (text.empty()) return std::nullopt;
    auto rule = control::rule::compile(text, scope);
    is_broken = !rule;
    return rule ? std::optional(std::move(*rule)) : std::nullopt;
}

template <class Fee>
bool is_effective(const Fee& fee, Date on) {
    return (!fee.effective_from || *fee.effective_from <= on) && (!fee.effective_to || on <= *fee.effective_to);
}

/// Full years.
int age_on(Date birth, Date on) {
    const CivilDate from = civil(birth), to = civil(on);
    const bool is_before = to.month < from.month || (to.month == from.month && to.day < from.day);
    return to.year - from.year - (is_before ? 1 : 0);
}

}  // namespace

Facts facts_of(const CardSubject& subject) {
    const card::Card& card = subject.card;
    Facts f;
    f[Field::card_dci] = Value::name(card.card_dci);
    f[Field::card_brand] = Value::name(card.brand);
    f[Field::product_type] = Value::name(card.product_type);
    f[Field::card_product_code] = Value::text(card.card_product_code);
    if (subject.product_group_id) f[Field::card_product_group] = Value::integer(subject.product_group_id.value);
    f[Field::bin] = Value::text(card.bin);
    f[Field::is_child_card] = Value::boolean(static_cast<bool>(card.parent_token_id));
    f[Field::is_noname] = Value::boolean(card.is_noname);
    f[Field::card_age_days] = Value::integer(subject.on.value - subject.created_on.value);
    f[Field::card_status] = Value::name(card.status);
    f[Field::customer_no] = Value::text(card.customer_no);
    f[Field::digital_slip_type] = Value::name(card.digital_slip_type);
    if (!subject.customer) return f;
    const customer::Customer& owner = *subject.customer;
    f[Field::customer_type] = Value::name(owner.type);
    if (owner.segment_id) f[Field::customer_segment] = Value::integer(owner.segment_id.value);
    if (owner.birth_date) f[Field::customer_age] = Value::integer(age_on(*owner.birth_date, subject.on));
    f[Field::nationality] = Value::text(owner.nationality);
    return f;
}

template <class Fee>
CardFeeBook::Entry<Fee> CardFeeBook::entry_of(Fee fee, const Source& source,
                                              const std::function<Date(Instant)>& local_date,
                                              std::vector<std::string>& broken) {
    Entry<Fee> entry;
    entry.rule = compiled(fee.rule, scope_of(fee), entry.is_broken);
    bool is_any_broken = entry.is_broken;
    for (const ControlLink& link : source.links) {
        if (link.family != family_of(fee) || link.control_id != fee.id) continue;
        Link& own = entry.links.emplace_back(Link{link.level,
                                                  link.token_id,
                                                  link.card_product_code,
                                                  link.card_product_group_id,
                                                  link.customer_segment_id,
                                                  {}});
        own.rule = compiled(link.rule, scope_of(fee), own.is_broken);
        is_any_broken = is_any_broken || own.is_broken;
    }
    if (is_any_broken) broken.push_back(fee.name);
    entry.condition_count = conditions_of(fee);
    entry.created_on = local_date(fee.creation_time);
    entry.fee = std::move(fee);
    return entry;
}

CardFeeBook::CardFeeBook(Source source, const std::function<Date(Instant)>& local_date,
                         std::vector<std::string>& broken) {
    for (CardIssuanceFee& fee : source.issuance_fees)
        issuance_.push_back(entry_of(std::move(fee), source, local_date, broken));
    for (CardAnnualFee& fee : source.annual_fees) {
        period_rules_.push_back({fee.charge_period, fee.charge_month_offset});
        annual_.push_back(entry_of(std::move(fee), source, local_date, broken));
    }
    std::ranges::sort(period_rules_);
    const auto doubled = std::ranges::unique(period_rules_);
    period_rules_.erase(doubled.begin(), doubled.end());
}

Date CardFeeBook::first_annual_fee_on() const {
    Date first{std::numeric_limits<std::int32_t>::max()};
    for (const auto& entry : annual_) first = std::min(first, entry.created_on);
    return first;
}

template <class Fee, class Fits>
const Fee* CardFeeBook::best(const std::vector<Entry<Fee>>& entries, const CardSubject& subject, Fits fits) {
    const Facts facts = facts_of(subject);
    const auto concerns = [&](const Link& link) {
        if (link.is_broken || (link.rule && !link.rule->evaluate(facts))) return false;
        switch (link.level) {
            case LinkLevel::card:
                return link.token_id == subject.card.token_id;
            case LinkLevel::card_product:
                return link.card_product_code == subject.card.card_product_code;
            case LinkLevel::card_product_group:
                return link.group_id && link.group_id == subject.product_group_id;
            case LinkLevel::customer_segment:
                return subject.customer && link.segment_id && link.segment_id == subject.customer->segment_id;
            case LinkLevel::tenant:
                break;
        }
        return false;
    };
    const Entry<Fee>* found = nullptr;
    LinkLevel found_level{};
    for (const Entry<Fee>& entry : entries) {
        if (entry.is_broken || !is_effective(entry.fee, subject.on) || !fits(entry)) continue;
        if (entry.rule && !entry.rule->evaluate(facts)) continue;
        std::optional<LinkLevel> level;
        if (entry.fee.tenant_wide) level = LinkLevel::tenant;
        for (const Link& link : entry.links)
            if ((!level || link.level < *level) && concerns(link)) level = link.level;
        if (!level) continue;
        const auto rank = [](LinkLevel at, const Entry<Fee>& e) {
            return std::tuple(-static_cast<int>(at), e.condition_count, e.fee.creation_time, e.fee.id);
        };
        if (found && rank(*level, entry) <= rank(found_level, *found)) continue;
        found = &entry;
        found_level = *level;
    }
    return found ? &found->fee : nullptr;
}

const CardIssuanceFee* CardFeeBook::issuance_fee(const CardSubject& subject, CardFeeType type, Instant made_at) const {
    return best(issuance_, subject, [&](const Entry<CardIssuanceFee>& entry) {
        const CardIssuanceFee& fee = entry.fee;
        return fee.creation_time <= made_at &&
               (!fee.physical_type || *fee.physical_type == subject.card.product_type) &&
               (!fee.issuance_type || static_cast<int>(*fee.issuance_type) == static_cast<int>(type));
    });
}

const CardAnnualFee* CardFeeBook::annual_fee(const CardSubject& subject) const {
    return best(annual_, subject, [&](const Entry<CardAnnualFee>& entry) { return entry.created_on <= subject.on; });
}

}  // namespace takas::core::fee
