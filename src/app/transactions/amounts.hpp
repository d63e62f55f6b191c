// Amounts between callers (decimal major units) and the books (whole minor units of a currency of ISO 4217). Nothing is
// ever rounded here: an amount with more decimals than its currency has is refused.
#pragma once

#include <optional>
#include <string_view>

#include "base/decimal.hpp"
#include "base/error.hpp"
#include "core/money/money.hpp"

namespace takas::app::transactions {

/// Bound of amount fields in major units: DE 4 holds twelve digits.
inline constexpr std::int64_t amount_max_major = 999'999'999'999;

/// Digits after the decimal point; nothing for a currency that is unknown or in which no amounts are kept.
std::optional<std::uint8_t> minor_digits(core::money::Currency currency);

/// Adds a field error when no amounts are kept in the currency.
std::optional<std::uint8_t> read_currency(core::money::Currency currency, std::string_view path, FieldErrors& errors);

/// The amount in minor units, 0 to amount_max_minor; else adds a field error at `path` and gives nothing.
std::optional<std::int64_t> read_amount(Decimal amount, std::uint8_t digits, std::string_view path,
                                        FieldErrors& errors);

}  // namespace takas::app::transactions
