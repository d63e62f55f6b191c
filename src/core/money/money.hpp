// Amounts of money. An amount is a whole number of minor units (kuruş, cent) of one currency; two currencies never mix;
// every operation is checked; rounding happens only where a function's name says so.
#pragma once

#include <compare>
#include <cstdint>
#include <expected>
#include <optional>

namespace takas::core::money {

/// ISO 4217 numeric code (949 = TRY). 0 means none.
struct Currency {
    std::int16_t value = 0;
    friend constexpr auto operator<=>(Currency, Currency) = default;
    constexpr explicit operator bool() const { return value != 0; }
};

/// An amount in minor units. Kept as a plain checked integer where the currency stands beside it in the same record.
struct Money {
    std::int64_t minor = 0;
    Currency currency;
    friend constexpr bool operator==(const Money&, const Money&) = default;
};

/// The largest amount one operation may carry: ISO 8583 DE 4 holds twelve digits.
inline constexpr std::int64_t amount_max_minor = 999'999'999'999;

/// The largest balance an account may reach; leaves room for sums over a million such accounts in 63 bits.
inline constexpr std::int64_t balance_max_minor = 999'999'999'999'999'999 / 100'000;

/// a + b, or nothing when it does not fit.
constexpr std::optional<std::int64_t> checked_add(std::int64_t a, std::int64_t b) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a, b, &sum)) return std::nullopt;
    return sum;
}

/// Nothing when the currencies differ or the sum does not fit.
constexpr std::optional<Money> checked_add(Money a, Money b) {
    if (a.currency != b.currency) return std::nullopt;
    const auto sum = checked_add(a.minor, b.minor);
    if (!sum) return std::nullopt;
    return Money{*sum, a.currency};
}

/// An exchange rate: one major unit of the source costs `rate_e9` / 10^9 major units of the target.
struct ExchangeRate {
    std::int64_t rate_e9 = 0;
};

/// Converts at the rate, rounding half away from zero to the target's minor unit. The exponents are the currencies'
/// minor unit digits (ISO 4217). Nothing when the rate is not positive or the result does not fit.
std::optional<std::int64_t> convert_half_up(std::int64_t minor, int from_digits, int to_digits, ExchangeRate rate);

}  // namespace takas::core::money
