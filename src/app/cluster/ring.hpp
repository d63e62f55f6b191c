// Which of several servers should decide for an account: consistent hashing, so that every server comes to the same
// answer from the same list, and one that comes or goes moves only its own share. A hint: any server may decide for any
// account, versions in the store detect the other one.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/strong_id.hpp"

namespace takas::app::cluster {

class Ring {
  public:
    /// With 256 points each, the shares of up to sixteen servers stay within 20 % of equal (ring_test).
    static constexpr int points_per_node = 256;

    Ring() = default;  ///< nobody
    explicit Ring(std::span<const std::int64_t> nodes);

    /// Nothing when there is nobody.
    std::optional<std::int64_t> owner_of(AccountId account_id) const;

  private:
    struct Point {
        std::uint64_t at;
        std::int64_t node;
    };
    std::vector<Point> points_;  ///< in order of `at`
};

}  // namespace takas::app::cluster
