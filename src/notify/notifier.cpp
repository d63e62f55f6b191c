#include "notify/notifier.hpp"

#include <array>
#include <cstring>

#include "app/ports/tables.hpp"
#include "base/log.hpp"
#include "notify/replay.hpp"

namespace takas::notify {

using app::ports::CommitOutcome;
using app::ports::Unit;
using app::ports::where;
using core::webhook::DeliveryState;
using core::webhook::Webhook;
using core::webhook::WebhookDelivery;

void Notifier::Inbox::put(Answer answer) {
    const std::lock_guard lock(mutex);
    answers.push_back(std::move(answer));
    if (wake) wake();  // under the lock: once on_answer has returned, the one before is not running any more
}

Notifier::Notifier(const NotifierDoors& doors, const NotifierOptions& options)
    : doors_(doors),
      options_(options),
      tokens_(doors.sender),
      outlets_(doors.store),
      fan_out_(doors.store, doors.ids, outlets_),
      leadership_(doors.store, options.node) {}

void Notifier::on_answer(std::function<void()> wake) {
    const std::lock_guard lock(inbox_->mutex);
    inbox_->wake = std::move(wake);
}

bool Notifier::step() {
    const Instant now = doors_.clock.now();
    if (!outlets_.reload_if_older(now, outlets_.none_active() ? poll_interval_us : 5 * poll_interval_us)) return false;
    if (outlets_.none_active() && flights_.empty()) return false;
    if (!lead(now) || !settle(now)) return false;
    const bool has_more_events = fan_out(now);
    const bool has_more_replays = replay(now);
    if (is_sending_) send_due(now);
    if (!flights_.empty() && leadership_.should_renew(now)) commit({}, now);
    return has_more_events || has_more_replays;
}

/// False when another server delivers. What was on its way in an earlier term is not ours to record any more.
bool Notifier::lead(Instant now) {
    const bool was_certain = leadership_.is_certain();
    const bool is_held = leadership_.hold(now);
    // The commit that failed may have been written after all.
    if (is_held && !was_certain) fan_out_.start_at(leadership_.stored_sequence_no());
    if (leadership_.term() != term_) {
        term_ = leadership_.term();
        flights_.clear();
        busy_streams_.clear();
        unsettled_.clear();
        outlets_.forget_flights();
        log::info("webhook_delivery_term").add("term", term_);
    }
    return is_held;
}

bool Notifier::commit(Unit unit, Instant now) {
    Unit guarded;
    leadership_.guard(guarded, fan_out_.position(), now);
    guarded.append(std::move(unit));
    const auto result = doors_.store.commit_and_wait(std::move(guarded));
    if (result.outcome == CommitOutcome::committed) return true;
    leadership_.doubt();
    if (result.outcome == CommitOutcome::conflict && result.table == app::ports::table_of<WebhookDelivery>().name)
        fan_out_.expect_repeats(true);
    // Removed while deliveries to it were made or recorded.
    if (result.outcome == CommitOutcome::version_moved && result.table == app::ports::table_of<Webhook>().name)
        outlets_.reload(now);
    log::warning("webhook_commit_failed")
        .add("table", result.table)
        .add("outcome", static_cast<std::int64_t>(result.outcome));
    return false;
}

bool Notifier::fan_out(Instant now) {
    auto page = fan_out_.next(now);
    if (!page) return false;
    if (!page->must_be_stored) {
        fan_out_.advance(*page);
        return page->is_full;
    }
    fan_out_.advance(*page);
    if (!commit(std::move(page->unit), now)) return false;
    fan_out_.expect_repeats(false);
    return page->is_full;
}

/// One page of each replay. True when there are more.
bool Notifier::replay(Instant now) {
    bool has_more = false;
    for (Outlet* outlet : outlets_.active()) {
        if (!outlet->webhook.replay_since) continue;
        auto page = next_replay_page(doors_.store, doors_.ids, outlet->webhook, fan_out_.position(), now);
        if (!page) return false;
        if (page->unit.empty()) continue;  // the fan-out comes first
        if (!commit(std::move(page->unit), now)) {
            outlets_.reload(now);  // the subscription was changed meanwhile, most likely
            return false;
        }
        outlet->webhook = std::move(page->webhook);
        outlet->look_at = now;
        has_more = has_more || outlet->webhook.replay_since.has_value();
    }
    return has_more;
}

std::uint32_t Notifier::dice() {
    std::array<std::uint8_t, 4> octets{};
    doors_.random.fill(octets);
    std::uint32_t number = 0;
    std::memcpy(&number, octets.data(), octets.size());
    return number;
}

}  // namespace takas::notify
