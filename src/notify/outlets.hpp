// The active subscriptions as the notifier sees them: what is stored, and how much is on its way to each.
#pragma once

#include <map>
#include <vector>

#include "app/ports/store.hpp"
#include "core/webhook/webhook.hpp"

namespace takas::notify {

struct Outlet {
    core::webhook::Webhook webhook;
    bool is_active = true;    ///< false: switched off or removed; what is on its way still comes back
    bool is_failing = false;  ///< the last attempt failed: fewer are made at a time until one succeeds
    bool is_slow = false;     ///< the last answer took long, or one is long overdue: as for a failing one
    int quick_count = 0;      ///< quick successes since it was failing or slow
    int in_flight = 0;
    Instant look_at;  ///< when to look for due deliveries again

    void note_slow() {
        is_slow = true;
        quick_count = 0;
    }
    void note_answer(bool is_success, bool is_quick) {
        is_failing = !is_success;
        is_slow = !is_quick;
        quick_count = is_success && is_quick ? quick_count + 1 : 0;
    }
};

class Outlets {
  public:
    explicit Outlets(app::ports::Store& store) : store_(store) {}

    /// Reads the subscriptions again. False when the store does not answer; what is known stays.
    bool reload(Instant now);
    /// As reload, when the last one is `age_us` old.
    bool reload_if_older(Instant now, std::int64_t age_us);

    bool none_active() const { return active_.empty(); }
    /// The active ones, by id. Valid until the next reload.
    const std::vector<Outlet*>& active() const { return active_; }
    /// nullptr when it is not known any more.
    Outlet* find(EntityId webhook_id);
    /// Nothing is on its way any more.
    void forget_flights();
    /// The smallest sequence number after which any active subscription wants events; 0 when there is none.
    std::int64_t wanted_after() const;

  private:
    app::ports::Store& store_;
    std::map<std::int64_t, Outlet> outlets_;
    std::vector<Outlet*> active_;
    bool is_loaded_ = false;
    Instant loaded_at_;
};

}  // namespace takas::notify
