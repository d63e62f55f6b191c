// Turns at audit chains. Whoever reads a card appends to the card's chain (docs/adr/0014); of many who read its end and
// commit at the same moment one would win and all others decide again. Here they wait for each other instead, first
// come first served, from before the reading until the outcome of the commit is known. Each server has its own turns:
// what happens between servers is still found by the commit.
#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <string>

namespace takas::app::vault {

/// A turn lasts as long as a commit; who waits longer than this meets a store that is in trouble.
inline constexpr std::chrono::milliseconds turn_patience{5'000};

class Turns {
  public:
    using Turn = std::shared_ptr<const void>;  ///< ends when the last copy goes, on any thread, without blocking

    Turns();

    /// Empty when it does not come within `patience`. The caller holds no other turn, or two could wait for each other.
    Turn take(const std::string& chain, std::chrono::milliseconds patience = turn_patience);
    /// Is one of these a turn that `take` gave?
    bool has_turn(std::span<const Turn> held) const;

  private:
    struct State;
    class Holder;
    std::shared_ptr<State> state_;
};

}  // namespace takas::app::vault
