// An event as the log shows it, in pages and in streams alike.
#pragma once

#include <string>

#include "api/events/dto.hpp"

namespace takas::api {

inline EventDto dto_of(const core::event::DomainEvent& event, std::string data) {
    const bool is_of_card = event.kind != core::event::EventKind::customer_created && event.stream_id != 0;
    EventDto dto{event.sequence_no, event.kind, {}, event.occurred_at, {std::move(data)}};
    if (is_of_card) dto.token_id = TokenId{event.stream_id};
    return dto;
}

}  // namespace takas::api
