#include "app/lane/lanes.hpp"

#include <future>

namespace takas::app::lane {

Lanes::Lanes(ports::Store& store, std::size_t count, LaneOptions options) : store_(store) {
    for (std::size_t i = 0; i < count; ++i) {
        options.route = i + 1;  // 0 is everybody else's
        lanes_.push_back(std::make_unique<Lane>(store, options));
    }
}

Lane& Lanes::lane_of(AccountId account_id) { return *lanes_[store_.placement_of(account_id) % lanes_.size()]; }

void Lanes::submit(Command command) { lane_of(command.account_id).submit(std::move(command)); }

ports::CommitOutcome Lanes::run(AccountId account_id, TenantId tenant_id, std::move_only_function<void(Work&)> decide) {
    std::promise<ports::CommitOutcome> promise;
    auto future = promise.get_future();
    submit(
        {account_id, tenant_id, std::move(decide), [&](ports::CommitOutcome outcome) { promise.set_value(outcome); }});
    return future.get();
}

LaneStatistics Lanes::statistics() const {
    LaneStatistics sum;
    for (const auto& lane : lanes_) {
        const LaneStatistics s = lane->statistics();
        sum.batches += s.batches, sum.commands += s.commands, sum.retried += s.retried, sum.queued += s.queued;
    }
    return sum;
}

}  // namespace takas::app::lane
