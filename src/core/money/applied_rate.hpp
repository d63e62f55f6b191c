// From an institution's own exchange rate to the one that a cardholder pays: the side of the table that the money
// takes, and the product's mark-up on it, to the institution's favour. Both inputs are kept with the transaction, so
// that the rate can be explained and worked out again: the same inputs always give the same nine digits.
#pragma once

#include <cstdint>
#include <optional>

#include "core/money/money.hpp"

namespace takas::core::money {

/// Seen from the institution: it sells foreign currency to a cardholder who pays with it, and buys it back when
/// something is given back.
enum class RateSide : std::uint8_t {
    middle = 0,  ///< neither: nothing is bought or sold
    buy = 1,     ///< a credit: refund, deposit
    sell = 2,    ///< a debit: purchase, cash
};

/// What an inverted rate has to be taken from: who sells euros for lira buys lira with them.
constexpr RateSide other_side(RateSide side) {
    if (side == RateSide::middle) return side;
    return side == RateSide::buy ? RateSide::sell : RateSide::buy;
}

/// The most a product may add: above it a rate is no price any more but a mistake.
inline constexpr std::int16_t markup_max_bps = 2'000;

/// How one rate came about; `base_rate_e9` with the mark-up on that side is what a cardholder pays.
struct RateTerms {
    std::int64_t base_rate_e9 = 0;  ///< as the institution's table says, at nine digits
    std::int16_t markup_bps = 0;    ///< 0 to markup_max_bps; 250 is 2.50 %
    RateSide side = RateSide::middle;
    friend bool operator==(const RateTerms&, const RateTerms&) = default;
};

/// base * (1 + bps / 10,000) on the sell side, base * (1 - bps / 10,000) on the buy side, rounded half up to nine
/// digits; the base itself in the middle. Nothing when the base is not positive, the mark-up is out of bounds, or the
/// result rounds to 0 or does not fit.
std::optional<ExchangeRate> applied_rate(const RateTerms& terms);

}  // namespace takas::core::money
