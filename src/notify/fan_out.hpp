// Reads the event log in commit order and makes a delivery for every subscription that wants the event. Of one webhook
// and one stream the first delivery is pending and the others are queued behind it.
#pragma once

#include <cstdint>
#include <set>

#include "app/ids/id_source.hpp"
#include "app/ports/store.hpp"
#include "core/event/event.hpp"
#include "notify/outlets.hpp"
#include "notify/stream_order.hpp"

namespace takas::notify {

class FanOut {
  public:
    FanOut(app::ports::Store& store, app::ids::IdSource& ids, Outlets& outlets)
        : store_(store), ids_(ids), outlets_(outlets) {}

    /// Events up to here have their deliveries.
    std::int64_t position() const { return position_; }
    void start_at(std::int64_t sequence_no) { position_ = stored_position_ = sequence_no; }

    struct Page {
        app::ports::Unit unit;  ///< the deliveries; holds only while the subscriptions are there
        std::set<std::int64_t> webhooks;
        std::int64_t position = 0;
        bool must_be_stored = false;  ///< there are deliveries, or the stored position is far behind
        bool is_full = false;         ///< there are more events
    };
    /// The next events. Error: that of the store.
    Result<Page> next(Instant now);
    /// A delivery was there already: the stored position is older than the deliveries (a restored row, say). Until a
    /// page is committed, those that exist are passed over.
    void expect_repeats(bool expects) { expects_repeats_ = expects; }
    /// Goes behind the page: its commit is on its way, or it needs none. When the commit fails: start_at again.
    void advance(const Page& page);

  private:
    Result<void> add_deliveries(const core::event::DomainEvent& event, Instant now, Page& page, StreamOrder& order);
    Result<bool> exists(const core::webhook::Webhook& webhook, const core::event::DomainEvent& event);

    app::ports::Store& store_;
    app::ids::IdSource& ids_;
    Outlets& outlets_;
    std::int64_t position_ = 0;
    std::int64_t stored_position_ = 0;
    bool expects_repeats_ = false;
};

}  // namespace takas::notify
