// The arithmetic of BIN ranges: which intervals are possible under a BIN, which overlap, and what may become of a range
// whose first numbers are drawn already. Knows no store and no key.
#pragma once

#include <optional>
#include <string_view>

#include "base/error.hpp"
#include "core/product/product.hpp"

namespace takas::core::product {

/// Digits between BIN and check digit.
constexpr std::size_t account_digits(const CardBin& bin) {
    return static_cast<std::size_t>(bin.length) - bin.bin.size() - 1;
}

/// Both ends must have account_digits(bin) digits, in order. Errors are added at startRange and endRange.
void check_ends(const CardBin& bin, std::string_view start, std::string_view end, FieldErrors& errors);

/// For ends of one length, as check_ends has them.
bool overlap(const CardBinRange& a, const CardBinRange& b);

/// The one segment of a range that nothing was drawn from.
std::vector<RangeSegment> segments_between(std::string_view start, std::string_view end);

/// How many card numbers the range has, drawn and free.
std::int64_t range_size(const CardBinRange& range);

/// The segments after the range's ends moved while `drawn` numbers are in use: drawn numbers stay where they are.
/// Widening adds segments; a sequential range may also give up numbers behind the drawn ones. Nothing when the new ends
/// would leave drawn numbers out, or could (a random range does not tell which they are).
std::optional<std::vector<RangeSegment>> moved_segments(const CardBinRange& range, std::string_view new_start,
                                                        std::string_view new_end, std::int64_t drawn);

/// The account digits of the number drawn last from a sequential range; "" before the first.
std::string last_sequential(const CardBinRange& range, std::int64_t drawn);

}  // namespace takas::core::product
