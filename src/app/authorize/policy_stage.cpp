#include "app/authorize/policy_stage.hpp"

#include <algorithm>

#include "app/authorize/gather.hpp"
#include "base/invariant.hpp"

namespace takas::app::authorize {

namespace authorization = core::authorization;
namespace control = core::control;
using authorization::Circumstances;
using authorization::TransactionCode;

namespace {

/// Of the lane's thread: asked for once.
control::Selection& scratch() {
    thread_local control::Selection selection;
    return selection;
}

/// Full years.
std::int32_t age_of(Date born, Date today) {
    const auto b = civil(born), t = civil(today);
    const bool had_birthday = t.month > b.month || (t.month == b.month && t.day >= b.day);
    return t.year - b.year - (had_birthday ? 0 : 1);
}

void of_message(const authorization::Request& r, Circumstances& c) {
    c.cardholder_presence = static_cast<std::uint8_t>(r.cardholder_presence);
    c.terminal_pin_capability = r.terminal_pin_capability;
    c.cat_level = r.cat_level;
    c.sli_channel = r.sli_channel;
    c.sli_ucaf_status_code = r.sli_ucaf_status_code;
    c.is_pin_entered = r.is_pin_entered;
    c.is_recurring = r.is_recurring;
    c.is_3d_secure = r.is_3d_secure;
    c.installment_count = r.installment_count;
}

std::optional<core::money::RateTerms> rate_of(const authorization::CardTransaction& original) {
    const auto record =
        original.policy_record ? control::decode_policy_record(original.policy_record->bytes) : std::nullopt;
    if (!record || !record->rate) return std::nullopt;
    return core::money::RateTerms{record->rate->base_rate_e9, static_cast<std::int16_t>(record->rate->markup_bps)};
}

}  // namespace

bool PolicyStage::gather(const authorization::Request& request, const core::card::Card& card, Instant at) {
    Circumstances& c = circumstances_;
    of_message(request, c);
    c.card_status = static_cast<std::uint8_t>(card.status);
    const auto local = catalog_.local_time(card.tenant_id, at);
    c.local_time_minutes = local.minutes;
    c.card_age_days = local.date.value - date_of(card.creation_time).value;
    c.is_child_card = bool(card.parent_token_id);
    c.is_noname = card.is_noname;
    c.digital_slip_type = static_cast<std::uint8_t>(card.digital_slip_type);
    if (!set_) return true;
    c.product_group_id = set_->product_group(card.card_product_code).value;
    if (!set_->asks_for_owner() || !card.customer_id) return true;
    const auto owner = catalog_.owners().of(card.tenant_id, card.customer_id, at);
    if (!owner) return false;
    if (!*owner) return true;
    c.is_owner_known = true;
    c.customer_segment_id = (*owner)->customer_segment_id.value;
    c.customer_type = static_cast<std::uint8_t>((*owner)->type);
    if ((*owner)->birth_date) c.customer_age = age_of(*(*owner)->birth_date, local.date);
    c.nationality = (*owner)->nationality;
    return true;
}

control::Situation PolicyStage::situation(const authorization::Facts& f) const {
    return control::situation_of(
        f, rule_facts_, {card_->token_id, card_->card_product_code, EntityId{circumstances_.customer_segment_id}},
        billing_minor_, card_->velocity_limits);
}

/// A completion stands in the place of its pre-authorization, whose amount no longer counts.
void PolicyStage::take_over(const authorization::CardTransaction& original) {
    if (original_record_)
        control::give_back(original_record_->considered, original.remaining_minor, /*is_all=*/true, counters_);
}

bool PolicyStage::consider(const authorization::Request& request, const core::card::Card& card,
                           const authorization::CardTransaction* original, authorization::Facts& facts) {
    set_ = catalog_.policy_sets().of(card.tenant_id);
    card_ = &card;
    if (original && uses_rate_of_original(request, facts.account_currency, *original)) rate = rate_of(*original);
    if (!gather(request, card, facts.decided_at)) return false;
    if (!set_) return true;
    if (usage_) {
        counters_ = *usage_;
    } else {
        const auto usage = work_->usage(card.token_id);
        if (!usage) return false;
        counters_ = **usage;
    }
    if (original && original->policy_record)
        original_record_ = control::decode_policy_record(original->policy_record->bytes);
    if (original && facts.code == TransactionCode::pre_authorization_completion) take_over(*original);
    billing_minor_ = authorization::billing_of(facts);
    const control::Billing billing{billing_minor_, facts.account_currency, facts.account_digits};
    control::fill(control::view_of(request), billing, circumstances_, &card, {facts.decided_at, facts.business_date},
                  rule_facts_);
    if (set_->asks_for_usage())
        control::fill_usage(counters_, facts.business_date, facts.decided_at, facts.account_digits, rule_facts_);
    control::consider(*set_, situation(facts), counters_, scratch(), conclusion_);
    control::become_facts(*set_, conclusion_, facts);
    return true;
}

control::PolicyRecord PolicyStage::record() const {
    control::PolicyRecord out;
    out.circumstances = circumstances_;
    out.considered = conclusion_.considered;
    if (set_) out.link_rules = control::take_link_rules(*set_, out.considered);
    if (rate) out.rate = control::AppliedRate{rate->base_rate_e9, rate->markup_bps};
    if (!conclusion_.fee_item) return out;
    const auto& item = set_->fee_items()[*conclusion_.fee_item];
    auto& fee =
        out.fee.emplace(control::ChargedFee{item.id, item.fee.tax_inclusion_mode, conclusion_.fee.net_minor, {}});
    for (const auto& line : conclusion_.fee.taxes())
        fee.taxes.emplace_back(set_->taxes()[line.tax_index].name, line.amount_minor);
    return out;
}

void PolicyStage::conclude(const authorization::Request& request, const authorization::Facts& facts,
                           const authorization::Decision& decision, authorization::Changes& changes) {
    if (!card_) return;
    if (set_ && decision.approved) {
        control::count(*set_, situation(facts), decision.approved_minor, conclusion_, counters_);
        const auto usage = work_->usage(card_->token_id);
        if (usage && **usage != counters_) {
            **usage = std::move(counters_);
            work_->usage_changed(card_->token_id);
        }
    }
    changes.transaction.policy_record = Blob{control::encode(record())};
    if (!decision.approved || !changes.original || !original_record_) return;
    // What an increment counted is given back with the pre-authorization that it belongs to.
    if (authorization::is_increment(facts))
        for (const auto& one : conclusion_.considered)
            if (one.added != control::Used{}) original_record_->considered.push_back(one);
    if (request.code != TransactionCode::refund)
        changes.original->policy_record = Blob{control::encode(*original_record_)};
}

namespace {

/// The card that was made in place of `token_id`. None: also when it cannot be read; its limits stay stricter.
TokenId heir_of(lane::Work& work, TokenId token_id) {
    const auto card = work.card(token_id);
    return card && *card ? (*card)->replaced_by_token_id : TokenId{};
}

/// Cards that followed one another while one transaction was open.
constexpr int heirs_max = 16;

}  // namespace

void give_back_limits(lane::Work& work, authorization::CardTransaction& t, std::int64_t amount_minor) {
    auto record = t.policy_record ? control::decode_policy_record(t.policy_record->bytes) : std::nullopt;
    const auto has_counted = [](const control::Considered& one) { return one.added != one.given_back; };
    if (!record || std::ranges::none_of(record->considered, has_counted)) return;
    const bool is_all = t.remaining_minor == 0;
    TokenId heir = t.token_id;
    for (int i = 0; i < heirs_max && (heir = heir_of(work, heir)); ++i) {
        const auto usage = work.usage(heir);
        if (!usage) break;
        auto counted = record->considered;
        control::give_back(counted, amount_minor, is_all, **usage);
        work.usage_changed(heir);
    }
    const auto usage = work.usage(t.token_id);
    invariant(usage.has_value(), "the usage was read before the account was changed");
    control::give_back(record->considered, amount_minor, is_all, **usage);
    work.usage_changed(t.token_id);
    t.policy_record = Blob{control::encode(*record)};
}

}  // namespace takas::app::authorize
