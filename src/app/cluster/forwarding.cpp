#include "app/cluster/forwarding.hpp"

namespace takas::app::cluster {

std::optional<std::string> Forwarding::elsewhere(AccountId account_id) {
    if (!account_id) return std::nullopt;  // of unknown cards: nothing is shared there
    const auto view = membership_.view();
    const auto owner = view->ring.owner_of(account_id);
    if (!owner || *owner == view->self) return std::nullopt;
    const auto* server = view->find(*owner);
    if (!server || is_paused(server->address)) return std::nullopt;
    return server->address;
}

void Forwarding::send(ports::PeerRequest request, ports::PeerDoor::Done done) {
    ++sent_;
    std::string address = request.address;
    door_->send(std::move(request),
                [this, address = std::move(address), done = std::move(done)](ports::PeerReply reply) mutable {
                    if (reply.outcome != ports::PeerOutcome::answered) pause(address);
                    done(std::move(reply));
                });
}

bool Forwarding::is_paused(const std::string& address) {
    if (!some_paused_) return false;
    const std::lock_guard lock(mutex_);
    std::erase_if(paused_until_, [](const auto& row) { return row.second <= std::chrono::steady_clock::now(); });
    some_paused_ = !paused_until_.empty();
    return paused_until_.contains(address);
}

void Forwarding::pause(const std::string& address) {
    ++failed_;
    const std::lock_guard lock(mutex_);
    paused_until_[address] = std::chrono::steady_clock::now() + pause_after_failure;
    some_paused_ = true;
}

}  // namespace takas::app::cluster
