#include "core/control/consider_fee.hpp"

#include "core/authorization/decide.hpp"

namespace takas::core::control {

fee::FeeAmount fee_for(const fee::TransactionFee& fee, std::int64_t billing_minor, std::uint8_t account_digits,
                       std::span<const fee::Tax> taxes) {
    if (billing_minor < 0) return {};
    auto net = fee::transaction_fee_minor(fee, billing_minor, account_digits);
    if (!net && fee.max) net = fee::to_minor_half_up(*fee.max, account_digits);
    return fee::with_taxes(net.value_or(money::amount_max_minor), fee.tax_inclusion_mode, taxes);
}

void fit_fee(const PolicySet& set, const authorization::Facts& facts, Conclusion& conclusion) {
    const bool may_be_less = facts.is_partial_approval_allowed && !facts.is_forced &&
                             authorization::code_row(facts.code).movement == authorization::Movement::hold;
    const auto billing_minor = authorization::billing_of(facts);
    if (!may_be_less || !billing_minor) return;
    const std::int64_t available = authorization::available_of(facts);
    if (*billing_minor + conclusion.fee.total_minor <= available) return;
    const fee::TransactionFee& fee = set.fee_items()[*conclusion.fee_item].fee;
    const auto fee_of = [&](std::int64_t amount_minor) {
        return fee_for(fee, amount_minor, facts.account_digits, set.taxes());
    };
    // An amount and its fee never fall together: the largest that is had lies between one that is and one that is not.
    std::int64_t had = 0, not_had = *billing_minor;
    while (not_had - had > 1) {
        const std::int64_t middle = had + (not_had - had) / 2;
        (middle + fee_of(middle).total_minor <= available ? had : not_had) = middle;
    }
    if (had == 0) return;  // not even one minor unit: it is declined
    conclusion.fee = fee_of(had);
    const bool is_free = conclusion.fee.total_minor == 0;
    for (Considered& one : conclusion.considered) {
        if (one.outcome != ItemOutcome::charged) continue;
        one.fee_minor = conclusion.fee.total_minor;
        if (is_free) one.outcome = ItemOutcome::nothing_due;
    }
    if (is_free) conclusion.fee_item.reset();
}

}  // namespace takas::core::control
