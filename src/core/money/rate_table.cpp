#include "core/money/rate_table.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace takas::core::money {
namespace {

__extension__ using Wide = __int128;

constexpr Wide one_e9 = 1'000'000'000;
constexpr Wide one_e18 = one_e9 * one_e9;
constexpr Wide one_e27 = one_e18 * one_e9;

/// Both positive, their sum below 2^127.
std::optional<ExchangeRate> divided_half_up(Wide numerator, Wide denominator) {
    const Wide rate_e9 = (numerator + denominator / 2) / denominator;
    if (rate_e9 == 0 || rate_e9 > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
    return ExchangeRate{static_cast<std::int64_t>(rate_e9)};
}

/// When each row stops to count; the rows are by valid_from.
std::vector<std::optional<Instant>> ends_of(const std::vector<PublishedRate>& rows) {
    std::vector<std::optional<Instant>> ends(rows.size());
    std::map<std::string_view, Instant> next_of_source;
    std::optional<Instant> next_of_all;
    for (std::size_t i = rows.size(); i-- > 0;) {
        const PublishedRate& row = rows[i];
        ends[i] = row.valid_to ? row.valid_to : next_of_all;
        if (const auto next = next_of_source.find(row.source); next != next_of_source.end())
            if (!ends[i] || next->second < *ends[i]) ends[i] = next->second;
        next_of_source[row.source] = row.valid_from;
        next_of_all = row.valid_from;
    }
    return ends;
}

}  // namespace

RateTable::RateTable(std::vector<PublishedRate> rows) {
    std::map<Pair, std::vector<PublishedRate>> by_pair;
    for (PublishedRate& row : rows) {
        const Pair pair{row.from, row.to};
        by_pair[pair].push_back(std::move(row));
    }
    std::map<Currency, int> pair_count;
    for (auto& [pair, published] : by_pair) {
        // A pair that is published both ways is one pair.
        if (pair.first < pair.second || !by_pair.contains({pair.second, pair.first}))
            ++pair_count[pair.first], ++pair_count[pair.second];
        steps_.emplace(pair, steps_of(std::move(published)));
    }
    const auto most = std::ranges::max_element(pair_count, {}, [](const auto& one) { return one.second; });
    if (most != pair_count.end()) base_ = most->first;
}

std::vector<RateTable::Step> RateTable::steps_of(std::vector<PublishedRate> rows) {
    std::ranges::sort(rows, {}, &PublishedRate::valid_from);
    const auto ends = ends_of(rows);
    std::set<std::pair<Instant, std::size_t>> changes;  // the ends and the beginnings, with the row
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (ends[i] && *ends[i] <= rows[i].valid_from) continue;
        changes.emplace(rows[i].valid_from, i);
        if (ends[i]) changes.emplace(*ends[i], i);
    }
    std::vector<Step> steps;
    std::set<std::size_t> holding;  // rows that have begun and not ended; the last began last
    for (auto change = changes.begin(); change != changes.end();) {
        const Instant at = change->first;
        for (; change != changes.end() && change->first == at; ++change) {
            const std::size_t i = change->second;
            if (rows[i].valid_from == at)
                holding.insert(i);
            else
                holding.erase(i);
        }
        Step step{at};
        if (!holding.empty()) {
            const PublishedRate& row = rows[*holding.rbegin()];
            step.rates_e9 = {row.middle_e9, row.buy_e9, row.sell_e9};
        }
        steps.push_back(step);
    }
    return steps;
}

std::optional<std::int64_t> RateTable::direct(Pair pair, Instant at, RateSide side) const {
    const auto found = steps_.find(pair);
    if (found == steps_.end()) return std::nullopt;
    const auto after = std::ranges::upper_bound(found->second, at, {}, &Step::at);
    if (after == found->second.begin()) return std::nullopt;
    const std::int64_t rate_e9 = std::prev(after)->rates_e9[static_cast<std::size_t>(side)];
    return rate_e9 > 0 ? std::optional(rate_e9) : std::nullopt;
}

std::optional<RateTable::Leg> RateTable::leg(Currency from, Currency to, Instant at, RateSide side) const {
    if (const auto rate_e9 = direct({from, to}, at, side)) return Leg{*rate_e9, false};
    if (const auto rate_e9 = direct({to, from}, at, other_side(side))) return Leg{*rate_e9, true};
    return std::nullopt;
}

std::optional<ExchangeRate> RateTable::find(Currency from, Currency to, Instant at, RateSide side) const {
    if (from == to) return ExchangeRate{static_cast<std::int64_t>(one_e9)};
    if (const auto own = leg(from, to, at, side)) {
        if (!own->is_inverted) return ExchangeRate{own->rate_e9};
        return divided_half_up(one_e18, own->rate_e9);
    }
    if (!base_ || from == base_ || to == base_) return std::nullopt;
    const auto in = leg(from, base_, at, side), out = leg(base_, to, at, side);
    if (!in || !out) return std::nullopt;
    const Wide a = in->rate_e9, b = out->rate_e9;  // each below 2^63
    if (in->is_inverted && out->is_inverted) return divided_half_up(one_e27, a * b);
    if (in->is_inverted) return divided_half_up(b * one_e9, a);
    if (out->is_inverted) return divided_half_up(a * one_e9, b);
    return divided_half_up(a * b, one_e9);
}

}  // namespace takas::core::money
