#include "core/money/money.hpp"

namespace takas::core::money {

std::optional<std::int64_t> convert_half_up(std::int64_t minor, int from_digits, int to_digits, ExchangeRate rate) {
    if (rate.rate_e9 <= 0) return std::nullopt;
    __extension__ using Wide = __int128;
    Wide numerator = static_cast<Wide>(minor) * rate.rate_e9;  // below 2^126
    Wide denominator = 1'000'000'000;
    for (int d = from_digits; d < to_digits; ++d)
        if (__builtin_mul_overflow(numerator, Wide{10}, &numerator)) return std::nullopt;
    for (int d = to_digits; d < from_digits; ++d) denominator *= 10;
    const Wide half = denominator / 2;
    const Wide rounded = (numerator + (numerator < 0 ? -half : half)) / denominator;
    if (rounded > amount_max_minor || rounded < -amount_max_minor) return std::nullopt;
    return static_cast<std::int64_t>(rounded);
}

}  // namespace takas::core::money
