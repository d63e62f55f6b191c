#include "core/money/conversion_rate.hpp"

#include <algorithm>
#include <limits>

namespace takas::core::money {
namespace {

__extension__ using Wide = __int128;

constexpr std::size_t wire_digits = 8;
constexpr int currency_digits_max = 4;  // ISO 4217: the most a currency has

Wide power_of_ten(int exponent) {
    Wide power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

/// numerator / denominator to a whole number; both at most 10^36 away from zero, the denominator positive.
Wide divide(Wide numerator, Wide denominator, Rounding rounding) {
    Wide quotient = numerator / denominator;  // towards zero
    const Wide rest = numerator % denominator;
    const Wide twice = (rest < 0 ? -rest : rest) * 2;
    const bool away =
        twice > denominator || (twice == denominator && (rounding == Rounding::half_up || quotient % 2 != 0));
    if (away) quotient += numerator < 0 ? -1 : 1;
    return quotient;
}

}  // namespace

std::optional<ConversionRate> ConversionRate::parse(std::string_view digits) {
    if (digits.size() != wire_digits || !std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    ConversionRate rate;
    rate.value_.scale = static_cast<std::uint8_t>(digits[0] - '0');
    for (const char c : digits.substr(1)) rate.value_.coefficient = rate.value_.coefficient * 10 + (c - '0');
    if (rate.value_.coefficient == 0) return std::nullopt;
    return rate;
}

std::string ConversionRate::wire_text() const {
    std::string text(wire_digits, '0');
    text[0] = static_cast<char>('0' + value_.scale);
    std::int64_t rest = value_.coefficient;
    for (std::size_t i = wire_digits - 1; i > 0; --i, rest /= 10) text[i] = static_cast<char>('0' + rest % 10);
    return text;
}

std::optional<std::int64_t> ConversionRate::convert(std::int64_t minor, int from_digits, int to_digits,
                                                    Rounding rounding) const {
    if (from_digits < 0 || from_digits > currency_digits_max || to_digits < 0 || to_digits > currency_digits_max)
        return std::nullopt;
    // minor < 2^63, the coefficient below 10^7, at most four more digits: below 10^30.
    const Wide numerator = static_cast<Wide>(minor) * value_.coefficient * power_of_ten(to_digits);
    const Wide converted = divide(numerator, power_of_ten(from_digits + value_.scale), rounding);
    if (converted > std::numeric_limits<std::int64_t>::max() || converted < std::numeric_limits<std::int64_t>::min())
        return std::nullopt;
    return static_cast<std::int64_t>(converted);
}

}  // namespace takas::core::money
