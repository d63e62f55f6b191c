// How much a fee is and how much of it is tax. Exact arithmetic on minor units; knows no currency but its digits, and
// not which fee applies. Nothing here allocates.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "core/fee/fee.hpp"

namespace takas::core::fee {

/// Taxes that may be on a fee at one time: names on a statement; more would be a mistake.
inline constexpr std::size_t tax_max_count = 8;
/// Digits after the point of a rate in percent.
inline constexpr std::uint8_t rate_scale_max = 6;

struct TaxLine {
    std::size_t tax_index = 0;  ///< in the span of taxes that was given
    std::int64_t amount_minor = 0;
};

/// net + tax = total, and the tax lines sum to the tax.
struct FeeAmount {
    std::int64_t net_minor = 0;
    std::int64_t tax_minor = 0;
    std::int64_t total_minor = 0;  ///< what the cardholder pays
    std::array<TaxLine, tax_max_count> tax_lines{};
    std::size_t tax_line_count = 0;

    std::span<const TaxLine> taxes() const { return {tax_lines.data(), tax_line_count}; }
};

/// The fee with the active ones among `taxes` (at most tax_max_count), in their order; one with rate 0 has a line of 0.
/// Included: `fee_minor` is what is paid. The taxes together are rounded half up once, so that a single tax is what the
/// field shows (5.00 at 5 % holds 0.24); each has its share of them by rate, what rounding leaves goes to the largest
/// remainders. Excluded: each tax is rounded half up by itself and comes on top.
/// `fee_minor` is 0..amount_max_minor; rates are 0..100 % with at most rate_scale_max digits (usable_rate).
FeeAmount with_taxes(std::int64_t fee_minor, TaxInclusionMode mode, std::span<const Tax> taxes);

/// A percentage of 0..100 with at most rate_scale_max digits after the point.
bool usable_rate(Decimal percent);

/// clamp(amount + billing amount * rate / 100, min, max), half up to the minor units of a currency with `digits` after
/// the point; min and max are rounded as well. Before taxes. Nothing when the fee would be negative or larger than
/// one operation may carry, or the billing amount is negative.
std::optional<std::int64_t> transaction_fee_minor(const TransactionFee& fee, std::int64_t billing_minor, int digits);

/// A decimal in major units as minor units, half up. Nothing when it does not fit.
std::optional<std::int64_t> to_minor_half_up(Decimal major, int digits);

}  // namespace takas::core::fee
