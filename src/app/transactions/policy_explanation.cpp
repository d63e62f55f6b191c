#include "app/transactions/policy_explanation.hpp"

#include "app/controls/families.hpp"
#include "app/controls/versions.hpp"
#include "app/ports/tables.hpp"
#include "app/transactions/amounts.hpp"
#include "app/transactions/transaction_view.hpp"
#include "core/authorization/decide.hpp"
#include "core/control/rule/explain.hpp"
#include "core/control/rule_facts.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::transactions {

namespace control = core::control;
namespace rule = core::control::rule;
using control::Considered;
using control::Family;

namespace {

/// What a version said, as far as a reader asks.
struct Definition {
    std::string name, rule;
};

template <class Record>
std::optional<Definition> read_definition(const RawJson& json) {
    auto record = protocol::json::decode<Record>(json.text, protocol::json::storage_read);
    if (!record) return std::nullopt;
    return Definition{std::move(record->name), std::move(record->rule)};
}

/// A fee from before fees kept versions: its row tells as long as it has not changed.
Result<std::optional<Definition>> definition_of_old_fee(const Context& context, const Considered& one) {
    using Fee = core::fee::TransactionFee;
    auto row = context.services.store.find<Fee>(
        {ports::where<&Fee::tenant_id>(context.tenant_id), ports::where<&Fee::id>(one.id)});
    if (!row) return std::unexpected(std::move(row.error()));
    if (!*row || (*row)->version != one.version_no) return std::nullopt;
    return Definition{(*row)->name, (*row)->rule};
}

Result<std::optional<Definition>> definition_of(const Context& context, const Considered& one) {
    auto version = controls::find_version(context, {one.family, one.id}, one.version_no);
    if (!version) return std::unexpected(std::move(version.error()));
    if (!*version)
        return one.family == Family::transaction_fee ? definition_of_old_fee(context, one)
                                                     : Result<std::optional<Definition>>(std::nullopt);
    const RawJson& definition = (*version)->definition;
    switch (one.family) {
        case Family::velocity_control:
            return read_definition<control::VelocityControl>(definition);
        case Family::transaction_fee:
            return read_definition<core::fee::TransactionFee>(definition);
        default:
            return read_definition<control::AuthorizationControl>(definition);
    }
}

void add_terms(const rule::Explanation& part, std::vector<ConsideredTermView>& terms) {
    if (part.children.empty()) return terms.push_back({part.text, part.actual, part.outcome}), void();
    for (const auto& child : part.children) add_terms(child, terms);
}

void explain_limit(const Considered& one, core::money::Currency currency, ConsideredView& view) {
    const auto major = [currency](std::int64_t minor) { return major_units(minor, currency); };
    view.period = one.period;
    view.is_card_limit = one.is_card_limit;
    if (one.limit_amount_minor) view.limit_amount = major(*one.limit_amount_minor);
    view.limit_count = one.limit_count;
    if (one.outcome == control::ItemOutcome::link_not_matched) return;
    if (one.period == control::VelocityPeriod::per_transaction) return;
    view.used_amount_before = major(one.before.amount_minor);
    view.used_amount_after = major(one.before.amount_minor + one.added.amount_minor);
    view.given_back_amount = major(one.given_back.amount_minor);
    view.used_count_before = one.before.count;
    view.used_count_after = one.before.count + one.added.count;
    view.given_back_count = one.given_back.count;
}

/// The rule that decided, comparison by comparison. One that cannot be compiled has none.
std::vector<ConsideredTermView> terms_of(std::string_view text, rule::Scope scope, const rule::Facts& facts) {
    std::vector<ConsideredTermView> terms;
    if (const auto compiled = rule::compile(text, scope)) add_terms(rule::explain(*compiled, facts), terms);
    return terms;
}

Result<ConsideredView> explain_one(const Context& context, const Considered& one, const ConsideredInput& input) {
    ConsideredView view;
    view.family = one.family, view.id = one.id, view.version_no = one.version_no;
    view.is_shadow = one.is_shadow, view.level = one.level, view.outcome = one.outcome;
    auto definition = definition_of(context, one);
    if (!definition) return std::unexpected(std::move(definition.error()));
    if (*definition) {
        view.name = (*definition)->name;
        if (!(*definition)->rule.empty()) {
            view.terms = terms_of((*definition)->rule, controls::row_of(one.family).scope, input.facts);
            view.rule = std::move((*definition)->rule);
        }
    }
    if (one.outcome == control::ItemOutcome::link_not_matched) {
        view.terms.clear();
        if (one.link_rule >= 0) {
            view.link_rule = input.record.link_rules[static_cast<std::size_t>(one.link_rule)];
            view.terms = terms_of(*view.link_rule, rule::Scope::counters, input.facts);
        }
    }
    if (one.family == Family::velocity_control) explain_limit(one, input.billing_currency, view);
    if (one.outcome == control::ItemOutcome::charged) {
        view.fee_amount = major_units(one.fee_minor, input.billing_currency);
        if (input.is_declined) view.outcome = control::ItemOutcome::would_charge;
    }
    return view;
}

/// What the card had used when it was decided stands among what was considered.
void fill_usage(const std::vector<Considered>& considered, std::uint8_t digits, rule::Facts& facts) {
    using rule::Field, rule::Value;
    for (const Considered& one : considered) {
        const bool is_day = one.key == control::card_day_key;
        if (!is_day && one.key != control::card_month_key) continue;
        facts[is_day ? Field::today_count : Field::month_count] = Value::integer(one.before.count);
        facts[is_day ? Field::today_amount : Field::month_amount] = Value::amount(one.before.amount_minor, digits);
    }
}

}  // namespace

Result<std::vector<ConsideredView>> explain_considered(const Context& context, const ConsideredInput& input) {
    std::vector<ConsideredView> out;
    for (const Considered& one : input.record.considered) {
        if (!one.id) continue;  // the card's own usage: the rules that asked for it show it
        auto view = explain_one(context, one, input);
        if (!view) return std::unexpected(std::move(view.error()));
        out.push_back(std::move(*view));
    }
    return out;
}

Result<std::vector<ConsideredView>> explain_policy(const Context& context,
                                                   const core::authorization::CardTransaction& t) {
    using core::card::Card;
    const auto record = t.policy_record ? control::decode_policy_record(t.policy_record->bytes) : std::nullopt;
    const auto decided = core::authorization::decode_facts(t.facts.bytes);
    if (!record || record->considered.empty() || !decided) return std::vector<ConsideredView>{};
    auto card = context.services.store.find<Card>(
        {ports::where<&Card::account_id>(t.account_id), ports::where<&Card::token_id>(t.token_id)});
    if (!card) return std::unexpected(std::move(card.error()));
    const auto billing_minor = core::authorization::billing_of(*decided);
    rule::Facts facts;
    control::fill(control::view_of(t, decided->transaction_digits),
                  {billing_minor, decided->account_currency, decided->account_digits}, record->circumstances,
                  *card ? &**card : nullptr, {decided->decided_at, decided->business_date}, facts);
    fill_usage(record->considered, decided->account_digits, facts);
    const bool is_declined = t.result == core::authorization::TransactionResult::declined;
    return explain_considered(context, {*record, facts, decided->account_currency, is_declined});
}

}  // namespace takas::app::transactions
