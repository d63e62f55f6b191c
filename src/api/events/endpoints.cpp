#include "api/events/endpoints.hpp"

#include <charconv>

#include "api/events/dto.hpp"
#include "api/events/event_dto.hpp"
#include "api/events/event_stream.hpp"
#include "app/events/event_log.hpp"

namespace takas::api {
namespace {

using app::events::LogFilter;

bool wants_stream(const Call& call) {
    return call.header("accept").find("text/event-stream") != std::string_view::npos;
}

/// A client that comes back says where it was in Last-Event-ID: that counts more than the address it was given first.
Result<std::int64_t> cursor_of(const Call& call, const EventLogQuery& query) {
    const std::string_view last = call.header("last-event-id");
    if (last.empty()) return query.after;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(last.data(), last.data() + last.size(), number);
    if (error != std::errc{} || end != last.data() + last.size() || number < 0)
        return fail_field("Last-Event-ID", "A sequence number is needed.", "Bir sıra numarası olmalı.");
    return number;
}

Result<EventPageDto> begin_stream(Call& call, LogFilter filter, std::int64_t cursor) {
    app::events::EventStreams* streams = call.context.services.event_streams;
    if (!streams) return fail(ErrorCode::unavailable, "this server has no event streams");
    if (auto room = streams->check_room(call.context.tenant_id); !room) return std::unexpected(std::move(room.error()));
    const std::string_view authorization = call.header("authorization");  // of the scheme Bearer, or nobody is here
    auto claims = call.context.services.tokens.verify(authorization.substr(authorization.find(' ') + 1));
    if (!claims) return std::unexpected(std::move(claims.error()));
    auto guard = stream_guard(call.context.services.tokens, call.context.services.catalog, std::move(*claims));
    call.set_header("Cache-Control", "no-store");
    call.set_header("X-Accel-Buffering", "no");  // nginx would keep the events until its buffer is full
    call.streams = [streams, filter = std::move(filter), cursor,
                    guard = std::move(guard)](std::shared_ptr<net::ResponseStream> stream) {
        streams->add(sse_sink(stream), filter, cursor, guard);
        stream->write(sse_begin);  // now its place is taken; an event may have come before
    };
    return EventPageDto{};
}

Result<EventPageDto> list_log(Call& call, const Query<EventLogQuery>& query) {
    const EventLogQuery& q = query.value;
    const auto cursor = cursor_of(call, q);
    if (!cursor) return std::unexpected(cursor.error());
    app::ports::Store& store = call.context.store();
    if (auto fits = app::events::check_cursor(store, *cursor); !fits) return std::unexpected(std::move(fits.error()));
    LogFilter filter{call.context.tenant_id, {}, q.event_names};
    if (q.token_id) filter.stream_id = q.token_id->value;
    if (wants_stream(call)) return begin_stream(call, std::move(filter), *cursor);

    auto page = app::events::read_log(store, filter, *cursor, q.max_result_count);
    if (!page) return std::unexpected(std::move(page.error()));
    EventPageDto answer{{}, page->cursor, page->has_more};
    for (const core::event::DomainEvent& event : page->events) {
        auto data = app::events::readable_data(store, event);
        if (!data) return std::unexpected(std::move(data.error()));
        answer.items.push_back(dto_of(event, std::move(*data)));
    }
    return answer;
}

constexpr std::array rows{
    with_streams(endpoint<&list_log>(
        Method::get, "/api/v1/issuing/event", "listEvents", "Event",
        "Read the event log from a number on; with Accept: text/event-stream follow it as it grows",
        Permission::webhook_read, Idempotency::none, {ErrorCode::event_cursor_refused, ErrorCode::too_many_requests})),
};

}  // namespace

std::span<const Endpoint> event_endpoints() { return rows; }

}  // namespace takas::api
