#include "app/fees/check_fee.hpp"

#include "app/system/checks.hpp"
#include "core/fee/amount.hpp"
#include "protocol/query_builder/query_builder.hpp"

namespace takas::app::fees {
namespace {

/// Digits after the point: the most a currency of ISO 4217 has.
constexpr std::uint8_t amount_scale_max = 4;
constexpr std::int64_t amount_max_major = core::money::amount_max_minor / 100;

/// Both are not below 0.
bool is_more(Decimal a, Decimal b) {
    return rescale(a, amount_scale_max).value_or(0) > rescale(b, amount_scale_max).value_or(0);
}
bool is_zero(const std::optional<Decimal>& d) { return !d || d->coefficient == 0; }

void check_amount(const std::optional<Decimal>& amount, std::string_view path, FieldErrors& errors) {
    if (!amount) return;
    const auto scaled = rescale(*amount, amount_scale_max);
    if (!scaled || *scaled < 0 || *scaled > amount_max_major * 10'000)
        errors.add(std::string(path), "An amount from 0 to 9999999999 with at most 4 decimals is needed.",
                   "0 ile 9999999999 arasında, en çok 4 ondalıklı bir tutar gerekli.");
}

/// What the families have in common besides the amounts.
template <class Fee>
Result<Warnings> check_rest(Fee& fee, Date today) {
    if (fee.effective_from && fee.effective_to && *fee.effective_to < *fee.effective_from)
        return fail(ErrorCode::fee_dates_reversed);
    Warnings warnings;
    if (fee.effective_to && *fee.effective_to < today)
        warnings.push_back(
            {"effectiveTo lies in the past: the fee is never charged.", "effectiveTo geçmişte: ücret hiç alınmaz."});
    if (fee.rule.empty()) return warnings;
    auto compiled = protocol::query_builder::compile(fee.rule, controls::row_of(family_of<Fee>).scope, "rule");
    if (!compiled) return std::unexpected(std::move(compiled.error()));
    fee.rule = compiled->canonical_text();
    for (const auto& one : compiled->warnings()) warnings.push_back({one.english, one.turkish});
    return warnings;
}

/// Legal, but it brings nothing in.
void warn_of_nothing(const TransactionFee& fee, Warnings& warnings) {
    using core::authorization::Movement, core::authorization::TransactionCode;
    constexpr Decimal half_cent{5, 3};
    if (is_zero(fee.rate) && is_zero(fee.min) && fee.amount && is_more(half_cent, *fee.amount))
        warnings.push_back({"In currencies with two decimals the amount is rounded to 0.",
                            "İki ondalıklı para birimlerinde tutar 0'a yuvarlanır."});
    if (!fee.criteria.transaction_code) return;
    const TransactionCode code = *fee.criteria.transaction_code;
    const Movement movement = core::authorization::code_row(code).movement;
    const bool is_money_taken = movement == Movement::hold || movement == Movement::nothing;
    if (!is_money_taken || code == TransactionCode::pre_authorization || code == TransactionCode::fee)
        warnings.push_back({"No fee is charged on transactions with this transactionCode.",
                            "Bu transactionCode değerine sahip işlemlerden ücret alınmaz."});
}

template <class Fee>
void check_card_fee(const Fee& fee, FieldErrors& errors) {
    check_amount(fee.amount, "amount", errors);
    if (fee.currency) system::check_currency(*fee.currency, "currency", errors);
}

}  // namespace

Result<Warnings> check_fee(TransactionFee& fee, Date today) {
    FieldErrors errors;
    check_amount(fee.min, "min", errors);
    check_amount(fee.max, "max", errors);
    check_amount(fee.amount, "amount", errors);
    if (fee.rate && !core::fee::usable_rate(*fee.rate))
        errors.add("rate", "A percentage from 0 to 100 with at most 6 decimals is needed.",
                   "0 ile 100 arasında, en çok 6 ondalıklı bir yüzde gerekli.");
    if (!errors.empty()) return std::move(errors).as_error();
    if (is_zero(fee.amount) && is_zero(fee.rate)) return fail(ErrorCode::fee_nothing_charged);
    if (fee.max && is_zero(fee.max)) return fail(ErrorCode::fee_nothing_charged);
    if (fee.min && fee.max && is_more(*fee.min, *fee.max)) return fail(ErrorCode::fee_floor_above_cap);
    auto warnings = check_rest(fee, today);
    if (warnings) warn_of_nothing(fee, *warnings);
    if (warnings && is_zero(fee.rate) && (fee.min || fee.max))
        warnings->push_back({"Without a rate the fee is always the same: min and max only change that one amount.",
                             "Oran olmadığında ücret sabittir: min ve max yalnızca o tutarı değiştirir."});
    return warnings;
}

Result<Warnings> check_fee(CardIssuanceFee& fee, Date today) {
    FieldErrors errors;
    check_card_fee(fee, errors);
    if (!errors.empty()) return std::move(errors).as_error();
    if (is_zero(fee.amount)) return fail(ErrorCode::fee_nothing_charged);
    return check_rest(fee, today);
}

Result<Warnings> check_fee(CardAnnualFee& fee, Date today) {
    FieldErrors errors;
    check_card_fee(fee, errors);
    check_amount(fee.child_card_amount, "childCardAmount", errors);
    if (!errors.empty()) return std::move(errors).as_error();
    if (is_zero(fee.amount) && is_zero(fee.child_card_amount)) return fail(ErrorCode::fee_nothing_charged);
    return check_rest(fee, today);
}

}  // namespace takas::app::fees
