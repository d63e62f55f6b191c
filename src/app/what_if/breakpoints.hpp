// Where the answer of an institution's controls may change while only the amount, or only the time, of a transaction
// changes: the numbers that rules and limits name. Between two of them a larger amount only costs more.
#pragma once

#include <set>
#include <vector>

#include "app/what_if/trial.hpp"

namespace takas::app::what_if {

/// Amounts in minor units of the transaction's currency, ascending, each above 1 and at most `asked`; the first of a
/// part that behaves alike. At most `breakpoints_max`: the largest.
inline constexpr std::size_t breakpoints_max = 400;
std::vector<std::int64_t> amount_breakpoints(const Trial& trial, const Request& request, const Decided& declined,
                                             std::int64_t asked_minor);

/// Moments after `at`, ascending, within `days`: midnights of the institution, times of day that rules name, steps of
/// rolling windows. At most `moments_max`, the earliest: where rules name every minute, that is three days.
inline constexpr std::size_t moments_max = 5'000;
std::vector<Instant> moments_after(const Trial& trial, const Decided& declined, Instant at, int days);

}  // namespace takas::app::what_if
