#include "core/fee/amount.hpp"

#include <algorithm>

#include "base/invariant.hpp"

namespace takas::core::fee {
namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t rate_unit = 1'000'000;  // rate_scale_max digits
constexpr std::int64_t hundred_percent = 100 * rate_unit;
constexpr int digits_max = 4;  // ISO 4217: the most a currency has

/// In millionths of a percent.
std::optional<std::int64_t> millionths(Decimal percent) {
    const auto rate = rescale(percent, rate_scale_max);
    if (!rate || *rate < 0 || *rate > hundred_percent) return std::nullopt;
    return rate;
}

/// The denominator is positive and below 2^126.
Wide divide_half_up(Wide numerator, Wide denominator) {
    const Wide quotient = numerator / denominator;  // towards zero
    const Wide rest = numerator % denominator;
    if (2 * (rest < 0 ? -rest : rest) < denominator) return quotient;
    return quotient + (numerator < 0 ? -1 : 1);
}

/// coefficient * 10^exponent; nothing when it does not fit.
std::optional<Wide> times_power_of_ten(Wide coefficient, int exponent) {
    for (int i = 0; i < exponent; ++i)
        if (__builtin_mul_overflow(coefficient, Wide{10}, &coefficient)) return std::nullopt;
    return coefficient;
}

struct Rates {
    std::array<std::int64_t, tax_max_count> of_line{};
    std::int64_t sum = 0;
};

/// One line for each active tax, still without an amount.
Rates begin_lines(FeeAmount& fee, std::span<const Tax> taxes) {
    Rates rates;
    for (std::size_t i = 0; i < taxes.size(); ++i) {
        if (!taxes[i].is_active) continue;
        const auto rate = millionths(taxes[i].rate);
        invariant(rate && fee.tax_line_count < tax_max_count, "taxes are few and at most 100 % each");
        rates.of_line[fee.tax_line_count] = *rate;
        rates.sum += *rate;
        fee.tax_lines[fee.tax_line_count++].tax_index = i;
    }
    return rates;
}

/// `tax_minor` is divided among the lines by their rates; what whole minor units leave goes to the largest remainders,
/// of equal ones to the first.
void share_by_largest_remainder(FeeAmount& fee, const Rates& rates) {
    std::array<std::int64_t, tax_max_count> remainder{};
    std::int64_t left = fee.tax_minor;
    for (std::size_t i = 0; i < fee.tax_line_count; ++i) {
        const Wide share = Wide{fee.tax_minor} * rates.of_line[i];
        fee.tax_lines[i].amount_minor = static_cast<std::int64_t>(share / rates.sum);
        remainder[i] = static_cast<std::int64_t>(share % rates.sum);
        left -= fee.tax_lines[i].amount_minor;
    }
    for (; left > 0; --left) {
        const auto largest = std::max_element(remainder.begin(), remainder.begin() + fee.tax_line_count);
        ++fee.tax_lines[static_cast<std::size_t>(largest - remainder.begin())].amount_minor;
        *largest = -1;
    }
}

}  // namespace

bool usable_rate(Decimal percent) { return millionths(percent).has_value(); }

FeeAmount with_taxes(std::int64_t fee_minor, TaxInclusionMode mode, std::span<const Tax> taxes) {
    invariant(fee_minor >= 0 && fee_minor <= money::amount_max_minor,
              "a fee is an amount that one operation may carry");
    FeeAmount fee;
    const Rates rates = begin_lines(fee, taxes);
    if (mode == TaxInclusionMode::included) {
        fee.total_minor = fee_minor;
        fee.tax_minor =
            static_cast<std::int64_t>(divide_half_up(Wide{fee_minor} * rates.sum, hundred_percent + rates.sum));
        fee.net_minor = fee.total_minor - fee.tax_minor;
        if (rates.sum > 0) share_by_largest_remainder(fee, rates);
        return fee;
    }
    fee.net_minor = fee_minor;
    for (std::size_t i = 0; i < fee.tax_line_count; ++i) {
        const auto tax = static_cast<std::int64_t>(divide_half_up(Wide{fee_minor} * rates.of_line[i], hundred_percent));
        fee.tax_lines[i].amount_minor = tax;
        fee.tax_minor += tax;
    }
    fee.total_minor = fee.net_minor + fee.tax_minor;
    return fee;
}

std::optional<std::int64_t> to_minor_half_up(Decimal major, int digits) {
    if (digits < 0 || digits > digits_max) return std::nullopt;
    const int exponent = digits - major.scale;
    Wide minor = major.coefficient;
    if (exponent >= 0) {
        const auto wide = times_power_of_ten(minor, exponent);
        if (!wide) return std::nullopt;
        minor = *wide;
    } else {
        minor = divide_half_up(minor, *times_power_of_ten(1, -exponent));
    }
    if (minor > money::amount_max_minor || minor < -money::amount_max_minor) return std::nullopt;
    return static_cast<std::int64_t>(minor);
}

std::optional<std::int64_t> transaction_fee_minor(const TransactionFee& fee, std::int64_t billing_minor, int digits) {
    if (billing_minor < 0 || digits < 0 || digits > digits_max) return std::nullopt;
    const Decimal amount = fee.amount.value_or(Decimal{}), rate = fee.rate.value_or(Decimal{});
    // Both parts over one power of ten, so that the sum is rounded once.
    const int scale = std::max<int>(amount.scale, rate.scale + 2);
    const auto fixed = times_power_of_ten(amount.coefficient, digits + scale - amount.scale);
    Wide part = 0, sum = 0;
    if (!fixed || __builtin_mul_overflow(Wide{billing_minor}, Wide{rate.coefficient}, &part)) return std::nullopt;
    const auto proportional = times_power_of_ten(part, scale - rate.scale - 2);
    const auto unit = times_power_of_ten(1, scale);
    if (!proportional || !unit || __builtin_add_overflow(*fixed, *proportional, &sum)) return std::nullopt;
    Wide minor = divide_half_up(sum, *unit);
    if (fee.max) {
        const auto cap = to_minor_half_up(*fee.max, digits);
        if (!cap) return std::nullopt;
        minor = std::min(minor, Wide{*cap});
    }
    if (fee.min) {
        const auto floor = to_minor_half_up(*fee.min, digits);
        if (!floor) return std::nullopt;
        minor = std::max(minor, Wide{*floor});
    }
    if (minor < 0 || minor > money::amount_max_minor) return std::nullopt;
    return static_cast<std::int64_t>(minor);
}

}  // namespace takas::core::fee
