#include "latency.hpp"

#include <fmt/format.h>

namespace takas::bench {
namespace {

constexpr int turns = 5;
constexpr std::chrono::seconds alone_turn{1}, open_turn{4};
constexpr double share_of_peak = 0.5;

}  // namespace

void add_latency(Contender& contender, double peak, std::size_t accounts, Figures& figures) {
    figures.group(
        "Latency at half of the peak",
        fmt::format("Open loop: arrivals at a fixed rate for {} s, latency from the scheduled arrival, so that "
                    "a server that falls behind cannot hide it; in turns with one connection in a closed "
                    "loop, which is what one commit costs alone. Medians of {} turns.",
                    open_turn.count(), turns));
    const double rate = peak * share_of_peak;
    std::vector<double> alone50, alone99, p50, p99, p999;
    for (int i = 0; i < turns; ++i) {
        const auto alone = contender.closed(1, alone_turn, accounts);
        alone50.push_back(alone.percentile_ms(0.5));
        alone99.push_back(alone.percentile_ms(0.99));
        const auto result = contender.open(rate, open_turn, accounts);
        p50.push_back(result.percentile_ms(0.5));
        p99.push_back(result.percentile_ms(0.99));
        p999.push_back(result.percentile_ms(0.999));
    }
    figures.add("arrivals per second", whole(rate));
    figures.add("p50, ms", decimals(median(p50), 2));
    figures.add("p99, ms", decimals(median(p99), 2));
    figures.add("p99.9, ms", decimals(median(p999), 2));
    figures.add("one authorization at a time, p50, ms", decimals(median(alone50), 2));
    figures.add("one authorization at a time, p99, ms", decimals(median(alone99), 2));
}

}  // namespace takas::bench
