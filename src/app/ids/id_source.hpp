// Makes identifiers: positive, unique, rising with time, below 2^53 so that a JavaScript client keeps every digit.
// Layout, high to low: 40 bits milliseconds since 2025-01-01 (until 2059) | 4 bits node | 9 bits sequence.
// When more than 512 are needed in a millisecond, or the clock steps back, the source runs ahead of the clock.
#pragma once

#include <atomic>

#include "app/ports/clock.hpp"
#include "base/strong_id.hpp"

namespace takas::app::ids {

class IdSource {
  public:
    /// `node` 0..15 tells servers on one store apart. `above` is the largest id already stored.
    IdSource(const ports::Clock& clock, int node, std::int64_t above = 0);

    template <class Id>
    Id next() {
        return Id{next_value()};
    }

  private:
    std::int64_t next_value();

    const ports::Clock& clock_;
    std::int64_t node_bits_;
    std::atomic<std::int64_t> last_;  ///< milliseconds and sequence of the last id, without the node
};

/// How far the moment that a row carries and the moment of its id may be apart: clocks of several servers differ, and
/// an id is given before what it names is decided, whatever the queue.
inline constexpr std::int64_t id_slack_s = 600;

/// The smallest id that can have been made at `time`: lists filter by time through the key.
std::int64_t first_id_at(Instant time);
/// The millisecond in which an id was made.
Instant time_of_id(std::int64_t id);

}  // namespace takas::app::ids
