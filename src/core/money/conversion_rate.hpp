// The conversion rate of a message (ISO 8583 DE 9 and DE 10) and the conversion with it: exact decimals from the eight
// digits on the wire to the minor units of the result, rounded once, as the call says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.hpp"

namespace takas::core::money {

enum class Rounding : std::uint8_t {
    half_up,    ///< a half goes away from zero, as on a cardholder's statement
    half_even,  ///< a half goes to the even neighbour, so that many of them cancel out
};

class ConversionRate {
  public:
    /// Eight digits: how many decimals the rate has (0 to 9), then its seven digits. "61234567" is 1.234567. Nothing
    /// for other characters, another length or a rate of zero.
    static std::optional<ConversionRate> parse(std::string_view digits);

    /// One major unit of the source is this many major units of the target.
    Decimal value() const { return value_; }
    /// "1.234567", with as many decimals as the message gave.
    std::string text() const { return to_text(value_); }
    /// The eight digits again.
    std::string wire_text() const;

    /// An amount in minor units of the source as minor units of the target; the digits are those of the currencies
    /// (ISO 4217). Nothing when the result does not fit.
    std::optional<std::int64_t> convert(std::int64_t minor, int from_digits, int to_digits, Rounding rounding) const;

  private:
    Decimal value_;
};

}  // namespace takas::core::money
