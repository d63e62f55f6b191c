// How much the fee of a transaction is once it is known which one applies: of what was asked, or of the part of it that
// the account can pay together with its fee.
#pragma once

#include "core/control/consider.hpp"

namespace takas::core::control {

/// With its taxes. A fee that no operation can carry is not forgotten: it is the fee's largest amount, else the largest
/// there is, and the balance refuses what cannot be paid.
fee::FeeAmount fee_for(const fee::TransactionFee& fee, std::int64_t billing_minor, std::uint8_t account_digits,
                       std::span<const fee::Tax> taxes);

/// Where a partial approval is asked for and the account has less than the amount with its fee: the fee becomes that of
/// the largest amount which it has together with its fee. `conclusion` has a fee.
void fit_fee(const PolicySet& set, const authorization::Facts& facts, Conclusion& conclusion);

}  // namespace takas::core::control
