#include "core/control/counters.hpp"

#include <algorithm>
#include <utility>

#include "core/authorization/compact.hpp"

namespace takas::core::control {
namespace {

using authorization::put_varint;
using authorization::take_varint;

constexpr std::int64_t format_version = 2, format_without_generations = 1;
/// More than any institution's controls for one card; bounds what is read back.
constexpr std::int64_t counters_max = 4096, steps_max = 2048;

/// The oldest step that still counts in the window that ends with `now`. One from a clock ahead of ours counts as well
/// in a rolling window; in a fixed one it is another window.
std::int32_t oldest_in(std::int32_t now, VelocityPeriod period) { return now - rolling_steps(period).count; }

}  // namespace

Used Counters::used(CounterKey key, VelocityPeriod period, Date business_date, Instant at) const {
    Used sum;
    const auto found = std::ranges::lower_bound(counters_, key, {}, &Counter::key);
    if (found == counters_.end() || found->key != key || found->period != period) return sum;
    const std::int32_t now = window_of(period, business_date, at);
    const bool is_fixed = !is_rolling(period);
    for (auto step = std::ranges::lower_bound(found->steps, oldest_in(now, period), {}, &Step::window);
         step != found->steps.end() && !(is_fixed && step->window != now); ++step) {
        sum.amount_minor += step->used.amount_minor;
        sum.count += step->used.count;
    }
    return sum;
}

std::int64_t Counters::add(CounterKey key, VelocityPeriod period, Date business_date, Instant at, Used more) {
    const std::int32_t now = window_of(period, business_date, at);
    auto found = std::ranges::lower_bound(counters_, key, {}, &Counter::key);
    const bool is_known = found != counters_.end() && found->key == key;
    if (!is_known) found = counters_.insert(found, Counter{});
    if (!is_known || found->period != period) *found = Counter{key, period, ++newest_generation_, {}};
    auto& steps = found->steps;
    steps.erase(steps.begin(), std::ranges::lower_bound(steps, oldest_in(now, period), {}, &Step::window));
    auto step = std::ranges::lower_bound(steps, now, {}, &Step::window);
    if (step == steps.end() || step->window != now) step = steps.insert(step, Step{now, {}});
    step->used.amount_minor += more.amount_minor;
    step->used.count += more.count;
    return found->generation;
}

void Counters::give_back(CounterKey key, std::int32_t window, std::int64_t generation, Used less) {
    const auto found = std::ranges::lower_bound(counters_, key, {}, &Counter::key);
    if (found == counters_.end() || found->key != key || found->generation != generation) return;
    const auto step = std::ranges::lower_bound(found->steps, window, {}, &Step::window);
    if (step == found->steps.end() || step->window != window) return;
    // In counters from before there were generations: what was counted before one began anew is not in it.
    step->used.amount_minor = std::max<std::int64_t>(step->used.amount_minor - less.amount_minor, 0);
    step->used.count = std::max<std::int64_t>(step->used.count - less.count, 0);
}

std::string Counters::encode() const {
    std::string out;
    put_varint(out, format_version);
    put_varint(out, newest_generation_);
    put_varint(out, static_cast<std::int64_t>(counters_.size()));
    for (const Counter& counter : counters_) {
        put_varint(out, static_cast<std::int64_t>(counter.key));
        put_varint(out, static_cast<std::int64_t>(counter.period));
        put_varint(out, counter.generation);
        put_varint(out, static_cast<std::int64_t>(counter.steps.size()));
        std::int32_t before = 0;
        for (const Step& step : counter.steps) {
            put_varint(out, step.window - std::exchange(before, step.window));
            put_varint(out, step.used.amount_minor);
            put_varint(out, step.used.count);
        }
    }
    return out;
}

std::optional<Counters> Counters::decode(std::string_view bytes) {
    Counters out;
    if (bytes.empty()) return out;
    const auto version = take_varint(bytes);
    if (version != format_version && version != format_without_generations) return std::nullopt;
    const auto take_generation = [&] {
        return version == format_version ? take_varint(bytes) : std::optional<std::int64_t>(0);
    };
    const auto newest = take_generation(), size = take_varint(bytes);
    if (!newest || *newest < 0 || !size || *size < 0 || *size > counters_max) return std::nullopt;
    out.newest_generation_ = *newest;
    for (std::int64_t i = 0; i < *size; ++i) {
        const auto key = take_varint(bytes), period = take_varint(bytes), generation = take_generation(),
                   steps = take_varint(bytes);
        if (!key || !period || !generation || *generation < 0 || *generation > *newest || !steps || *steps < 0 ||
            *steps > steps_max || *period < 0 || *period > static_cast<std::int64_t>(VelocityPeriod::rolling_30_days))
            return std::nullopt;
        Counter counter{static_cast<CounterKey>(*key), static_cast<VelocityPeriod>(*period), *generation, {}};
        std::int64_t window = 0;
        for (std::int64_t s = 0; s < *steps; ++s) {
            const auto further = take_varint(bytes), amount = take_varint(bytes), count = take_varint(bytes);
            if (!further || !amount || !count) return std::nullopt;
            window += *further;
            counter.steps.push_back({static_cast<std::int32_t>(window), {*amount, *count}});
        }
        if (!out.counters_.empty() && out.counters_.back().key >= counter.key) return std::nullopt;
        out.counters_.push_back(std::move(counter));
    }
    if (!bytes.empty()) return std::nullopt;
    return out;
}

}  // namespace takas::core::control
