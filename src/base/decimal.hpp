// An exact decimal number: coefficient * 10^-scale. What a JSON amount is before its currency is known.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace takas {

struct Decimal {
    std::int64_t coefficient = 0;
    std::uint8_t scale = 0;  ///< digits after the point, 0..18

    friend bool operator==(const Decimal&, const Decimal&) = default;
};

/// Accepts a JSON number ("-14.99", "1e2") of at most 18 significant digits. No rounding: more digits give nothing.
std::optional<Decimal> parse_decimal(std::string_view text);

/// Plain form with exactly `scale` digits after the point.
std::string to_text(Decimal d);
void append_text(std::string& out, Decimal d);

/// The coefficient at another scale; nothing when digits would be lost or the number is too large.
std::optional<std::int64_t> rescale(Decimal d, std::uint8_t scale);

}  // namespace takas
