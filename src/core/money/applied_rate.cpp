#include "core/money/applied_rate.hpp"

#include <limits>

namespace takas::core::money {

std::optional<ExchangeRate> applied_rate(const RateTerms& terms) {
    if (terms.base_rate_e9 <= 0 || terms.markup_bps < 0 || terms.markup_bps > markup_max_bps) return std::nullopt;
    if (terms.side == RateSide::middle) return ExchangeRate{terms.base_rate_e9};
    __extension__ using Wide = __int128;
    constexpr int one_bps = 10'000;
    const int factor = terms.side == RateSide::sell ? one_bps + terms.markup_bps : one_bps - terms.markup_bps;
    const Wide rate_e9 = (static_cast<Wide>(terms.base_rate_e9) * factor + one_bps / 2) / one_bps;
    if (rate_e9 == 0 || rate_e9 > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
    return ExchangeRate{static_cast<std::int64_t>(rate_e9)};
}

}  // namespace takas::core::money
