#include "notify/outlets.hpp"

#include <algorithm>

#include "app/ports/tables.hpp"
#include "base/log.hpp"

namespace takas::notify {
namespace {

using core::webhook::Webhook;

constexpr std::int64_t outlet_count_max = 100'000;  // about 100 MB; more subscriptions want a notifier of another shape

}  // namespace

bool Outlets::reload(Instant now) {
    auto rows = store_.list<Webhook>({{app::ports::where<&Webhook::is_active>(true)}, {}, 0, outlet_count_max});
    if (!rows) {
        log::warning("webhooks_unreadable").add("detail", rows.error().internal_detail);
        return false;
    }
    for (auto& [id, outlet] : outlets_) outlet.is_active = false;
    for (Webhook& webhook : *rows) {
        Outlet& outlet = outlets_[webhook.id.value];
        outlet.webhook = std::move(webhook);
        outlet.is_active = true;
    }
    std::erase_if(outlets_, [](const auto& entry) { return !entry.second.is_active && entry.second.in_flight == 0; });
    active_.clear();
    for (auto& [id, outlet] : outlets_)
        if (outlet.is_active) active_.push_back(&outlet);
    is_loaded_ = true;
    loaded_at_ = now;
    return true;
}

bool Outlets::reload_if_older(Instant now, std::int64_t age_us) {
    const bool is_fresh = is_loaded_ && now >= loaded_at_ && now < loaded_at_.plus_us(age_us);
    return is_fresh || reload(now);
}

Outlet* Outlets::find(EntityId webhook_id) {
    const auto found = outlets_.find(webhook_id.value);
    return found == outlets_.end() ? nullptr : &found->second;
}

void Outlets::forget_flights() {
    for (auto& [id, outlet] : outlets_) outlet.in_flight = 0;
}

std::int64_t Outlets::wanted_after() const {
    if (active_.empty()) return 0;
    return (*std::ranges::min_element(active_, {}, [](const Outlet* o) { return o->webhook.starts_after_sequence_no; }))
        ->webhook.starts_after_sequence_no;
}

}  // namespace takas::notify
