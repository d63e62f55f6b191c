#include "app/vault/turns.hpp"

#include <algorithm>
#include <condition_variable>
#include <list>
#include <map>
#include <mutex>
#include <set>

namespace takas::app::vault {

namespace {

struct Waiting {
    std::condition_variable changed;
    bool has_turn = false;
};

}  // namespace

struct Turns::State {
    std::mutex mutex;
    std::map<std::string, std::list<Waiting*>, std::less<>> chains;  ///< those somebody is at, and who waits
    std::set<const void*> given;
};

class Turns::Holder {
  public:
    Holder(std::shared_ptr<State> state, std::string chain) : state_(std::move(state)), chain_(std::move(chain)) {
        const std::lock_guard lock(state_->mutex);
        state_->given.insert(this);
    }
    ~Holder() {
        const std::lock_guard lock(state_->mutex);
        state_->given.erase(this);
        const auto at = state_->chains.find(chain_);
        if (at->second.empty()) {
            state_->chains.erase(at);
            return;
        }
        Waiting* const next = at->second.front();
        at->second.pop_front();
        next->has_turn = true;
        next->changed.notify_one();
    }
    Holder(const Holder&) = delete;
    Holder& operator=(const Holder&) = delete;

  private:
    const std::shared_ptr<State> state_;
    const std::string chain_;
};

Turns::Turns() : state_(std::make_shared<State>()) {}

Turns::Turn Turns::take(const std::string& chain, std::chrono::milliseconds patience) {
    {
        std::unique_lock lock(state_->mutex);
        const auto [at, is_free] = state_->chains.try_emplace(chain);
        if (!is_free) {
            Waiting me;
            at->second.push_back(&me);
            me.changed.wait_for(lock, patience, [&] { return me.has_turn; });
            if (!me.has_turn) {
                // Still there: whoever is at the chain takes no more than those in front of it.
                std::erase(state_->chains.find(chain)->second, &me);
                return nullptr;
            }
        }
    }
    return std::make_shared<const Holder>(state_, chain);
}

bool Turns::has_turn(std::span<const Turn> held) const {
    if (held.empty()) return false;
    const std::lock_guard lock(state_->mutex);
    return std::ranges::any_of(held, [&](const Turn& one) { return state_->given.contains(one.get()); });
}

}  // namespace takas::app::vault
