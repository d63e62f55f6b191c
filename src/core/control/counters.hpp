// What a card has used: for each thing that is counted one counter with its window, amount and number. The account's
// lane owns them, so that they are exact however many ask at once; they are stored as one compact value beside the
// card.
//
// A counter that nothing counts in any more is forgotten, and begins anew when its control comes back. Each beginning
// has a number of its own among the card's, its generation: what was counted in one is never taken back from another.
//
//   stored form: version, newest generation, number of counters, then for each: key, period, generation, number of
//   steps, and for each step (one for a fixed window): step from the one before, amount, count. All varints
//   (core/authorization/compact.hpp). Version 1 had no generations: all are 0.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/control/control.hpp"
#include "core/control/window.hpp"

namespace takas::core::control {

struct Used {
    std::int64_t amount_minor = 0;
    std::int64_t count = 0;
    friend bool operator==(const Used&, const Used&) = default;
};

/// Names what is counted: two controls that count the same share a counter, a control that comes to count something
/// else begins a new one (counter_key in policy_set.hpp).
using CounterKey = std::uint64_t;

class Counters {
  public:
    /// What lies in the window of this moment.
    Used used(CounterKey key, VelocityPeriod period, Date business_date, Instant at) const;
    /// Counts in the window of this moment; windows that are over are forgotten. Tells the counter's generation.
    std::int64_t add(CounterKey key, VelocityPeriod period, Date business_date, Instant at, Used more);
    /// Takes back what was counted in `window` (window_of) of that generation. Without effect when that window is over
    /// or the counter has begun anew.
    void give_back(CounterKey key, std::int32_t window, std::int64_t generation, Used less);
    /// Forgets what is not counted any more.
    template <class IsKnown>
    void keep_only(IsKnown is_known) {
        std::erase_if(counters_, [&](const Counter& one) { return !is_known(one.key); });
    }
    /// Where a number is kept.
    struct Place {
        CounterKey key = 0;
        VelocityPeriod period{};
        std::int32_t window = 0;
        std::int64_t generation = 0;
    };
    /// Every number that is kept, by key and window: `visit(place, used)`.
    template <class Visit>
    void for_each_step(Visit visit) const {
        for (const Counter& one : counters_)
            for (const Step& step : one.steps)
                visit(Place{one.key, one.period, step.window, one.generation}, step.used);
    }
    bool is_empty() const { return counters_.empty(); }
    std::size_t size() const { return counters_.size(); }

    std::string encode() const;
    /// Nothing when the bytes are no counters of a known format.
    static std::optional<Counters> decode(std::string_view bytes);
    friend bool operator==(const Counters&, const Counters&) = default;

  private:
    struct Step {
        std::int32_t window = 0;
        Used used;
        friend bool operator==(const Step&, const Step&) = default;
    };
    struct Counter {
        CounterKey key = 0;
        VelocityPeriod period{};
        std::int64_t generation = 0;
        std::vector<Step> steps;  ///< oldest first; one for a fixed window
        friend bool operator==(const Counter&, const Counter&) = default;
    };
    std::vector<Counter> counters_;  ///< by key
    std::int64_t newest_generation_ = 0;
};

}  // namespace takas::core::control
