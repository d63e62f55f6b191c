#include "app/events/event_log.hpp"

#include <algorithm>
#include <limits>

#include "app/archive/state.hpp"
#include "app/ports/tables.hpp"
#include "app/webhooks/render_event.hpp"

namespace takas::app::events {
namespace {

using core::event::DomainEvent;
using ports::Compare;
using ports::where;

constexpr std::int64_t rows_per_read = 500;
/// Rows that one request may look at: on a server with many institutions most are not the caller's.
constexpr std::int64_t rows_per_page_max = 5'000;
/// Servers on one store may each see a little less or more of the log: some thousand commits of 4096 numbers each.
constexpr std::int64_t cursor_ahead_max = 1LL << 24;
/// How far the order of times may be from the order of numbers: clocks of servers, units that waited.
constexpr std::int64_t disorder_max_s = 60;

Result<std::optional<DomainEvent>> first_from(ports::Store& store, std::int64_t sequence_no) {
    return store.find<DomainEvent>({where<&DomainEvent::sequence_no>(Compare::greater_or_equal, sequence_no)});
}

Result<std::optional<DomainEvent>> newest_until(ports::Store& store, std::int64_t sequence_no) {
    auto rows = store.list<DomainEvent>({{where<&DomainEvent::sequence_no>(Compare::less_or_equal, sequence_no)},
                                         {{member_name<&DomainEvent::sequence_no>, true}},
                                         0,
                                         1});
    if (!rows) return std::unexpected(std::move(rows.error()));
    return rows->empty() ? std::nullopt : std::optional(std::move(rows->front()));
}

}  // namespace

bool wants(const LogFilter& filter, const DomainEvent& event) {
    if (event.tenant_id != filter.tenant_id) return false;
    if (filter.stream_id && event.stream_id != *filter.stream_id) return false;
    return filter.kinds.empty() || std::ranges::find(filter.kinds, event.kind) != filter.kinds.end();
}

Result<std::vector<DomainEvent>> read_after(ports::Store& store, std::int64_t cursor, std::int64_t limit) {
    return store.list<DomainEvent>({{where<&DomainEvent::sequence_no>(Compare::greater, cursor)},
                                    {{member_name<&DomainEvent::sequence_no>}},
                                    0,
                                    limit});
}

Result<LogPage> read_log(ports::Store& store, const LogFilter& filter, std::int64_t cursor, std::int64_t limit) {
    LogPage page;
    page.cursor = cursor;
    for (std::int64_t seen = 0; seen < rows_per_page_max; seen += rows_per_read) {
        auto rows = read_after(store, page.cursor, rows_per_read);
        if (!rows) return std::unexpected(std::move(rows.error()));
        for (DomainEvent& event : *rows) {
            if (static_cast<std::int64_t>(page.events.size()) == limit) {
                page.has_more = true;
                return page;
            }
            page.cursor = event.sequence_no;
            if (wants(filter, event)) page.events.push_back(std::move(event));
        }
        if (static_cast<std::int64_t>(rows->size()) < rows_per_read) return page;
    }
    page.has_more = true;
    return page;
}

Result<std::string> readable_data(ports::Store& store, const DomainEvent& event) {
    auto data = webhooks::render_data(store, event);
    if (data || data.error().code != ErrorCode::internal) return data;
    return std::string("null");
}

Result<void> check_cursor(ports::Store& store, std::int64_t cursor) {
    if (cursor == 0) return {};  // from the first that is kept
    const auto newest = newest_until(store, std::numeric_limits<std::int64_t>::max());
    if (!newest) return std::unexpected(newest.error());
    const std::int64_t newest_no = *newest ? (*newest)->sequence_no : 0;
    if (cursor > newest_no + cursor_ahead_max) return fail(ErrorCode::event_cursor_refused, "ahead of the log");
    const auto kept = newest_until(store, cursor);
    if (!kept) return std::unexpected(kept.error());
    if (*kept) return {};
    const auto state = archive::read_state(store);
    if (!state) return std::unexpected(state.error());
    const bool may_be_removed = state->events_before > Instant{} || state->archived_before > Instant{};
    return may_be_removed ? Result<void>(fail(ErrorCode::event_cursor_refused, "behind the retention"))
                          : Result<void>();
}

Result<std::int64_t> last_before(ports::Store& store, Instant instant, std::int64_t newest) {
    const Instant wanted = instant.plus_seconds(-disorder_max_s);
    std::int64_t low = 0, high = newest;  // everything up to `low` is older; what is after `high` is not
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        const auto found = first_from(store, middle + 1);
        if (!found) return std::unexpected(found.error());
        if (*found && (*found)->sequence_no <= newest && (*found)->occurred_at < wanted)
            low = (*found)->sequence_no;
        else
            high = middle;
    }
    return low;
}

}  // namespace takas::app::events
