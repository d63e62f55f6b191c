// The exchange rates of one institution as they hold at any moment. Rows come as they were published, with overlaps and
// ends; what counts is worked out once, so that asking is a search in a list.
//
// Which row of a pair counts at an instant: of those that have begun and not ended, the one that began last. A row ends
// - when its source publishes the next one: no older table of a source ever comes back;
// - at its validTo, when it has one; otherwise when the pair gets any newer row, of whatever source.
// So a table that ran out leaves no rate, rather than one of long ago that was never given an end.
//
// How a pair without a row of its own is converted: by the opposite pair, inverted; else over the base currency, when
// both ways there exist, directly or inverted. Cross rates are exact until they are rounded once, to nine digits.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "core/money/applied_rate.hpp"

namespace takas::core::money {

/// One published rate: one major unit of `from` in major units of `to`, times 10^9; each above 0.
struct PublishedRate {
    Currency from, to;
    Instant valid_from;
    std::optional<Instant> valid_to;  ///< the first instant at which it holds no more
    std::int64_t middle_e9 = 0, buy_e9 = 0, sell_e9 = 0;
    std::string source;
};

class RateTable {
  public:
    RateTable() = default;
    explicit RateTable(std::vector<PublishedRate> rows);

    /// 1 for the same currency. Nothing when there is no way at that instant, or the rate rounds to 0 or does not fit.
    std::optional<ExchangeRate> find(Currency from, Currency to, Instant at, RateSide side) const;

    /// The currency that cross rates go over: the one with the most pairs; of several the lowest number. 0: no rates.
    Currency base() const { return base_; }

  private:
    using Pair = std::pair<Currency, Currency>;
    using Sides = std::array<std::int64_t, 3>;  ///< by RateSide; zeros: nothing holds
    struct Step {
        Instant at;
        Sides rates_e9{};
    };
    /// A rate as a fraction of whole numbers: rate_e9 / 10^9, or turned over.
    struct Leg {
        std::int64_t rate_e9 = 0;
        bool is_inverted = false;
    };

    static std::vector<Step> steps_of(std::vector<PublishedRate> rows);
    std::optional<std::int64_t> direct(Pair pair, Instant at, RateSide side) const;
    std::optional<Leg> leg(Currency from, Currency to, Instant at, RateSide side) const;

    std::map<Pair, std::vector<Step>> steps_;  ///< each list by time
    Currency base_;
};

}  // namespace takas::core::money
