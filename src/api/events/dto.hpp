// Query and answer of the event log.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "base/describe.hpp"
#include "base/strong_id.hpp"
#include "core/event/event.hpp"

namespace takas::api {

struct EventLogQuery {
    std::int64_t after = 0;
    std::optional<TokenId> token_id;
    std::vector<core::event::EventKind> event_names;
    std::int64_t max_result_count = 100;
};

struct EventDto {
    std::int64_t sequence_no = 0;
    core::event::EventKind event_name{};
    std::optional<TokenId> token_id;
    Instant occurred_at;
    RawJson data;
};

struct EventPageDto {
    std::vector<EventDto> items;
    std::int64_t next_after = 0;
    bool has_more = false;
};

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::EventLogQuery> {
    using T = api::EventLogQuery;
    static constexpr std::string_view name = "EventLogQuery";
    static constexpr auto fields = std::array{
        field<&T::after>(
            "Events behind this number: nextAfter of the page before, or the last sequenceNo seen; 0 is the "
            "oldest that is kept. The header Last-Event-ID says the same for a stream")
            .range(0, 9'007'199'254'740'991)
            .example("0"),
        field<&T::token_id>("Of this card"),
        field<&T::event_names>("Of these kinds; repeat it for several").length(0, 18),
        field<&T::max_result_count>("How many events at most").range(1, 500).example("100"),
    };
};
template <>
struct Describe<api::EventDto> {
    using T = api::EventDto;
    static constexpr std::string_view name = "EventDto";
    static constexpr auto fields = std::array{
        field<&T::sequence_no>("Place in the order of all events; rises, with gaps that mean nothing").example("1042"),
        field<&T::event_name>("Name of the event").example("CardCreated"),
        field<&T::token_id>("The card; null for an event of a customer").example("7230195437862912"),
        field<&T::occurred_at>("When it happened").example("2031-03-01T10:00:00Z"),
        field<&T::data>("What a webhook carries under Data; null when the transaction was archived"),
    };
};
template <>
struct Describe<api::EventPageDto> {
    using T = api::EventPageDto;
    static constexpr std::string_view name = "EventPageDto";
    static constexpr auto fields = std::array{
        field<&T::items>("Events, oldest first"),
        field<&T::next_after>("Where to read on; also when there are no items").example("1042"),
        field<&T::has_more>("The end of the log was not reached").example("false"),
    };
};

}  // namespace takas
