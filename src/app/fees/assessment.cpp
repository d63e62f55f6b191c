#include "app/fees/assessment.hpp"

#include <algorithm>

#include "app/catalog/catalog.hpp"
#include "app/ports/tables.hpp"
#include "app/transactions/amounts.hpp"
#include "base/log.hpp"

namespace takas::app::fees {
namespace {

using core::card::Card;
using core::customer::Customer;
using core::fee::CardFeeDue;
using core::fee::CardFeeType;
using core::ledger::CardAccount;
using core::product::CardProduct;
using ports::Compare;
using ports::where;

/// As many as an institution can have (app/fees/fees.hpp, app/controls/links.hpp), and room.
constexpr std::int64_t rows_max = 100'000;

template <class Record>
Result<std::vector<Record>> all_of(ports::Store& store, TenantId tenant_id) {
    return store.list<Record>({{where<&Record::tenant_id>(tenant_id)}, {{member_name<&Record::id>}}, 0, rows_max});
}

std::vector<ports::Condition> earlier_cards_of_owner(const Card& card) {
    return {where<&Card::tenant_id>(card.tenant_id), where<&Card::customer_id>(card.customer_id),
            where<&Card::token_id>(Compare::less, card.token_id)};
}

}  // namespace

Result<Assessor> Assessor::read(Services& services, TenantId tenant_id) {
    core::fee::CardFeeBook::Source source;
    auto issuance = all_of<core::fee::CardIssuanceFee>(services.store, tenant_id);
    if (!issuance) return std::unexpected(std::move(issuance.error()));
    auto annual = all_of<core::fee::CardAnnualFee>(services.store, tenant_id);
    if (!annual) return std::unexpected(std::move(annual.error()));
    auto taxes = all_of<core::fee::Tax>(services.store, tenant_id);
    if (!taxes) return std::unexpected(std::move(taxes.error()));
    source.issuance_fees = std::move(*issuance);
    source.annual_fees = std::move(*annual);
    for (const auto family : {core::control::Family::card_issuance_fee, core::control::Family::card_annual_fee}) {
        using core::control::ControlLink;
        auto links = services.store.list<ControlLink>(
            {{where<&ControlLink::tenant_id>(tenant_id), where<&ControlLink::family>(family)},
             {{member_name<&ControlLink::id>}},
             0,
             rows_max});
        if (!links) return std::unexpected(std::move(links.error()));
        std::ranges::move(*links, std::back_inserter(source.links));
    }
    std::erase_if(*taxes, [](const core::fee::Tax& tax) { return !tax.is_active; });
    std::ranges::sort(*taxes, {}, &core::fee::Tax::name);
    std::vector<std::string> broken;
    core::fee::CardFeeBook book(
        std::move(source), [&](Instant at) { return services.catalog.local_date(tenant_id, at); }, broken);
    for (const std::string& name : broken)
        log::warning("card_fee_rule_broken").add("tenant_id", tenant_id).add("fee_name", name);
    return Assessor(services, tenant_id, std::move(book), std::move(*taxes));
}

Date Assessor::local_date(Instant at) const { return services_->catalog.local_date(tenant_id_, at); }

Result<EntityId> Assessor::group_of(const std::string& product_code) {
    if (const auto known = groups_.find(product_code); known != groups_.end()) return known->second;
    const auto product = services_->store.find<CardProduct>(
        {where<&CardProduct::tenant_id>(tenant_id_), where<&CardProduct::code>(product_code)});
    if (!product) return std::unexpected(product.error());
    return groups_[product_code] = *product ? (*product)->product_group_id : EntityId{};
}

Result<std::optional<Customer>> Assessor::owner_of(const Card& card) const {
    if (!card.customer_id) return std::nullopt;
    return services_->store.find<Customer>(
        {where<&Customer::tenant_id>(tenant_id_), where<&Customer::id>(card.customer_id)});
}

/// The first ones of each customer, by kind: which those are does not depend on what was charged, or when.
Result<bool> Assessor::is_free(const core::fee::CardIssuanceFee& fee, CardFeeType type, const Card& card) const {
    if (fee.free_count <= 0 || !card.customer_id || type == CardFeeType::noname) return false;
    auto conditions = earlier_cards_of_owner(card);
    std::int64_t before = 0;
    if (type == CardFeeType::renewal && !card.replaces_token_id) {
        conditions.pop_back();
        conditions.push_back(where<&Card::pan_sequence_no>(Compare::greater, 1));
        const auto renewed = services_->store.list<Card>({conditions, {}, 0, rows_max});
        if (!renewed) return std::unexpected(renewed.error());
        for (const Card& one : *renewed)
            if (one.token_id == card.token_id || one.renewed_at < card.renewed_at) before += one.pan_sequence_no - 1;
        --before;  // this one
    } else {
        const bool is_in_place = type == CardFeeType::replacement || type == CardFeeType::renewal;
        conditions.push_back(where<&Card::replaces_token_id>(is_in_place ? Compare::greater : Compare::equal, 0));
        if (!is_in_place)
            conditions.push_back(
                where<&Card::parent_token_id>(type == CardFeeType::child_card ? Compare::greater : Compare::equal, 0));
        if (type == CardFeeType::new_card) conditions.push_back(where<&Card::is_noname>(false));
        const auto count = services_->store.count_of<Card>(conditions, fee.free_count);
        if (!count) return std::unexpected(count.error());
        before = *count;
    }
    return before < fee.free_count;
}

Result<Assessment> Assessor::charge_of(const CardFeeDue& due, const Price& price) const {
    const auto account = services_->store.find<CardAccount>({where<&CardAccount::account_id>(due.account_id)});
    if (!account) return std::unexpected(account.error());
    if (!*account) return NothingDue{};
    CardCharge charge;
    charge.now = services_->clock.now();
    charge.account_currency = (*account)->currency;
    charge.fee_currency = price.currency.value_or(charge.account_currency);
    const auto digits = transactions::minor_digits(charge.account_currency);
    const auto fee_digits = transactions::minor_digits(charge.fee_currency);
    if (!digits || !fee_digits) return Waits{"unknown_currency"};
    const auto fee_minor = core::fee::to_minor_half_up(price.amount, *fee_digits);
    if (!fee_minor || *fee_minor < 0) return Waits{"amount_too_large"};
    std::optional<std::int64_t> minor = fee_minor;
    if (charge.fee_currency != charge.account_currency) {
        const auto rate = services_->catalog.rate(tenant_id_, charge.fee_currency, charge.account_currency, charge.now,
                                                  core::money::RateSide::sell);
        if (!rate) return Waits{"no_exchange_rate"};
        charge.rate_e9 = rate->rate_e9;
        minor = core::money::convert_half_up(*fee_minor, *fee_digits, *digits, *rate);
        if (!minor) return Waits{"amount_too_large"};
    }
    charge.fee_minor = core::fee::with_taxes(*fee_minor, price.mode, taxes_).total_minor;
    charge.amount = core::fee::with_taxes(*minor, price.mode, taxes_);
    if (charge.amount.total_minor == 0) return NothingDue{};
    if (charge.amount.total_minor > core::money::amount_max_minor) return Waits{"amount_too_large"};
    for (const auto& line : charge.amount.taxes()) charge.tax_names.push_back(taxes_[line.tax_index].name);
    charge.due = due;
    charge.fee_id = price.fee_id;
    charge.fee_name = price.name;
    charge.transaction_id = services_->ids.next<TransactionId>();
    return charge;
}

Result<Assessment> Assessor::of_piece(const CardFeeDue& due, const Card& card) {
    if (book_.empty()) return NothingDue{};
    const auto owner = owner_of(card);
    if (!owner) return std::unexpected(owner.error());
    const auto group = group_of(card.card_product_code);
    if (!group) return std::unexpected(group.error());
    const auto* fee = book_.issuance_fee(
        {card, *owner ? &**owner : nullptr, *group, local_date(card.creation_time), local_date(due.occurred_at)},
        due.fee_type, due.occurred_at);
    if (!fee) return NothingDue{};
    const auto free = is_free(*fee, due.fee_type, card);
    if (!free) return std::unexpected(free.error());
    if (*free) return NothingDue{};
    return charge_of(due, {fee->id, fee->name, fee->amount, fee->currency, fee->tax_inclusion_mode});
}

Result<Assessment> Assessor::of_period(const CardFeeDue& due, const Card& card, Date on,
                                       std::optional<core::fee::PeriodRule> rule) {
    using core::card::CardStatus;
    const bool is_dead = card.status == CardStatus::closed || card.status == CardStatus::lost ||
                         card.status == CardStatus::stolen || card.status == CardStatus::fraud;
    if (is_dead || core::card::is_expired(card.expire_date, on)) return NothingDue{};
    const auto owner = owner_of(card);
    if (!owner) return std::unexpected(owner.error());
    const auto group = group_of(card.card_product_code);
    if (!group) return std::unexpected(group.error());
    const auto* fee = book_.annual_fee({card, *owner ? &**owner : nullptr, *group, local_date(card.creation_time), on});
    if (!fee) return NothingDue{};
    if (rule && *rule != core::fee::PeriodRule{fee->charge_period, fee->charge_month_offset}) return NothingDue{};
    if (fee->first_year_free && core::fee::is_in_first_year(fee->charge_period, due.occasion_no)) return NothingDue{};
    const bool is_child = static_cast<bool>(card.parent_token_id);
    const Decimal amount = is_child && fee->child_card_amount ? *fee->child_card_amount : fee->amount;
    return charge_of(due, {fee->id, fee->name, amount, fee->currency, fee->tax_inclusion_mode});
}

}  // namespace takas::app::fees
