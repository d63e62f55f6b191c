// What a fee must be before it is stored, whichever family: amounts that can be charged, dates in order, a rule that
// compiles. Brings the rule into its one spelling.
#pragma once

#include "app/fees/family.hpp"
#include "app/fees/warning.hpp"
#include "base/error.hpp"

namespace takas::app::fees {

/// `today` is the institution's. Errors: validation, fee_nothing_charged, fee_floor_above_cap, fee_dates_reversed,
/// those of rules.
Result<Warnings> check_fee(TransactionFee& fee, Date today);
Result<Warnings> check_fee(CardIssuanceFee& fee, Date today);
Result<Warnings> check_fee(CardAnnualFee& fee, Date today);

}  // namespace takas::app::fees
