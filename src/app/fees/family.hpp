// The three families of fees side by side: which record belongs to which row of app/controls/families.
#pragma once

#include "app/controls/families.hpp"
#include "core/fee/fee.hpp"

namespace takas::app::fees {

using core::fee::CardAnnualFee;
using core::fee::CardIssuanceFee;
using core::fee::TransactionFee;

template <class Fee>
inline constexpr core::control::Family family_of{};
template <>
inline constexpr auto family_of<TransactionFee> = core::control::Family::transaction_fee;
template <>
inline constexpr auto family_of<CardIssuanceFee> = core::control::Family::card_issuance_fee;
template <>
inline constexpr auto family_of<CardAnnualFee> = core::control::Family::card_annual_fee;

}  // namespace takas::app::fees
