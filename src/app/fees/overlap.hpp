// Fees that concern the same cases: legal, the newest wins, but worth a word to whoever sets the second one up.
#pragma once

#include "app/context/context.hpp"
#include "app/fees/family.hpp"
#include "app/fees/warning.hpp"
#include "core/control/control.hpp"

namespace takas::app::fees {

/// One warning for each other fee of the family with the same conditions, dates in common, and the whole institution
/// or a target in common. `links` are the fee's own.
template <class Fee>
Result<Warnings> overlaps(const Context& context, const Fee& fee, std::span<const core::control::ControlLink> links);

extern template Result<Warnings> overlaps(const Context&, const TransactionFee&,
                                          std::span<const core::control::ControlLink>);
extern template Result<Warnings> overlaps(const Context&, const CardIssuanceFee&,
                                          std::span<const core::control::ControlLink>);
extern template Result<Warnings> overlaps(const Context&, const CardAnnualFee&,
                                          std::span<const core::control::ControlLink>);

}  // namespace takas::app::fees
