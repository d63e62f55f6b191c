// The event log as an institution reads it: its own events in commit order, from a cursor on. A number is given in
// commit order and never below what a reader has seen (app/ports/store.hpp), so that who reads on from the last cursor
// misses nothing: not of the log, and so not of any card.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/ports/store.hpp"
#include "core/event/event.hpp"

namespace takas::app::events {

struct LogFilter {
    TenantId tenant_id;
    std::optional<std::int64_t> stream_id;      ///< a card's token id, or a customer id
    std::vector<core::event::EventKind> kinds;  ///< none: every one
};

bool wants(const LogFilter& filter, const core::event::DomainEvent& event);

struct LogPage {
    std::vector<core::event::DomainEvent> events;
    std::int64_t cursor = 0;  ///< where to read on; rises even when nothing of the page was wanted
    bool has_more = false;    ///< the end of the log was not reached
};

/// Events of every institution after the cursor, at most `limit`; for readers that serve several at once.
Result<std::vector<core::event::DomainEvent>> read_after(ports::Store& store, std::int64_t cursor, std::int64_t limit);

/// The next wanted events, at most `limit`. Looks at a bounded number of rows: a page may be empty and not the last.
Result<LogPage> read_log(ports::Store& store, const LogFilter& filter, std::int64_t cursor, std::int64_t limit);

/// What stands under "Data" in the event's webhook; null when its transaction was archived and is not here any more.
/// Error: that of the store.
Result<std::string> readable_data(ports::Store& store, const core::event::DomainEvent& event);

/// A cursor that reads on without a gap. Error: event_cursor_refused when events behind it may have been removed, or
/// when no log ever gave such a number.
Result<void> check_cursor(ports::Store& store, std::int64_t cursor);

/// The sequence number before the first event that happened at or after `instant`, of all up to `newest`. By halving:
/// numbers and times rise together, but for the moments in which servers commit at once; these are counted in.
Result<std::int64_t> last_before(ports::Store& store, Instant instant, std::int64_t newest);

}  // namespace takas::app::events
