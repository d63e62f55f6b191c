// All lanes of this server. An account always goes to the same lane, so its commands are decided one after another.
#pragma once

#include <memory>
#include <vector>

#include "app/lane/lane.hpp"

namespace takas::app::lane {

class Lanes {
  public:
    Lanes(ports::Store& store, std::size_t count, LaneOptions options);

    void submit(Command command);
    /// Submits and waits. Not for io threads.
    ports::CommitOutcome run(AccountId account_id, TenantId tenant_id, std::move_only_function<void(Work&)> decide);

    /// See Lane.
    bool look(AccountId account_id, TenantId tenant_id, const std::function<void(Work&)>& look,
              Sight sight = Sight::of_this_server) {
        return lane_of(account_id).look(account_id, tenant_id, look, sight);
    }
    void guard_reads(bool is_guarding) {
        for (const auto& lane : lanes_) lane->guard_reads(is_guarding);
    }

    LaneStatistics statistics() const;

  private:
    Lane& lane_of(AccountId account_id);
    ports::Store& store_;
    std::vector<std::unique_ptr<Lane>> lanes_;
};

}  // namespace takas::app::lane
