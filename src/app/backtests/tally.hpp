// Adds up what a back-test finds: decisions that differ, by kind, with amounts and samples, by day, and the cards they
// concern. Its memory does not grow with the number of decisions.
#pragma once

#include <map>

#include "core/control/backtest.hpp"
#include "core/control/backtest_run.hpp"

namespace takas::app::backtests {

class Tally {
  public:
    /// Of each kind. They are drawn by a hash of their ids: evenly, and the same ones every time.
    static constexpr std::size_t samples_max = 50;

    /// The last decision of both worlds.
    void decided(const core::control::PastDecision& past, const core::authorization::Decision& made,
                 const core::control::Backtest& worlds);
    void counted_only() { ++report_.counted_only; }
    void gap(core::control::BacktestGap gap) { ++gaps_[static_cast<std::size_t>(gap)]; }
    /// A gap that cannot be counted.
    void gap_somewhere(core::control::BacktestGap gap) { is_gap_[static_cast<std::size_t>(gap)] = true; }
    void account_done();

    std::int64_t decision_count() const { return report_.decision_count; }
    core::control::BacktestReport report() const;

  private:
    struct Drawn {
        std::uint64_t draw;
        core::control::BacktestSample sample;
    };
    struct Kind {
        std::int64_t count = 0;
        std::map<std::pair<std::int32_t, std::uint8_t>, std::int64_t> minor_by_currency;
        std::vector<Drawn> samples;  ///< a heap: the largest draw first
    };
    void add(core::control::FlipKind kind, const core::control::PastDecision& past,
             const core::control::Backtest& worlds);

    core::control::BacktestReport report_;
    std::array<Kind, core::control::flip_kinds> kinds_;
    std::map<std::int32_t, core::control::BacktestDay> days_;
    std::array<std::int64_t, core::control::backtest_gaps> gaps_{};
    std::array<bool, core::control::backtest_gaps> is_gap_{};
    std::vector<TokenId> affected_;  ///< cards of the account
};

}  // namespace takas::app::backtests
