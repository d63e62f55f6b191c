// Hands out the positions of BIN ranges, each to one caller at a time. What is drawn is known from the stored card
// numbers alone: there is no counter that could disagree with them. Within this process a position that was handed out
// stays taken until its lease ends; if no card was stored with it by then, it is found again when the range runs out.
// Another server on the same store is kept apart by the unique card number.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <vector>

#include "app/ports/store.hpp"
#include "base/strong_id.hpp"

namespace takas::app::cards {

class DrawPositions {
  public:
    /// A position that nobody else gets while `lease` lives.
    struct Position {
        std::int64_t draw_no = 0;
        std::shared_ptr<const void> lease;
    };

    DrawPositions();

    /// The next position below `size`. Errors: bin_range_exhausted when all of them are stored or handed out.
    Result<Position> next(ports::Store& store, EntityId bin_range_id, std::int64_t size);

    /// One above the highest position that is stored or was handed out.
    Result<std::int64_t> high_water(ports::Store& store, EntityId bin_range_id);

    /// A position that was handed out turned out to be taken: go on behind all that are stored.
    Result<void> skip_drawn_elsewhere(ports::Store& store, EntityId bin_range_id);

  private:
    struct Range {
        bool is_loaded = false;
        std::int64_t next = 0;
        std::set<std::int64_t> leased;
        std::vector<std::int64_t> gaps;  ///< positions below `next` that no card has, highest first
    };
    /// Lives as long as the last lease.
    struct State {
        std::mutex mutex;
        std::map<EntityId, Range> ranges;
    };
    static Position lease(const std::shared_ptr<State>& state, EntityId bin_range_id, std::int64_t draw_no);
    static Result<Range*> loaded(State& state, ports::Store& store, EntityId bin_range_id);
    static Result<void> catch_up(ports::Store& store, EntityId bin_range_id, Range& range);
    static Result<void> find_gaps(ports::Store& store, EntityId bin_range_id, Range& range);

    std::shared_ptr<State> state_;
};

}  // namespace takas::app::cards
