// Server-sent events (WHATWG HTML, 9.2) of the event log: the text of one client's stream.
#pragma once

#include <memory>

#include "app/auth/token_service.hpp"
#include "app/catalog/catalog.hpp"
#include "app/events/event_streams.hpp"
#include "net/http_message.hpp"

namespace takas::api {

/// One event: "id", "event" and "data" lines. The data is that of the log's page, an EventDto.
std::string sse_event(const core::event::DomainEvent& event, const std::string& data);

std::unique_ptr<app::events::EventSink> sse_sink(std::shared_ptr<net::ResponseStream> stream);

/// Whether the holder of a verified token may still read events: as the door asks it of a request, and as often (when
/// the catalog says that something changed, and every quarter minute). Both services must outlive it.
app::events::StreamGuard stream_guard(const app::auth::TokenService& tokens, const app::catalog::Catalog& catalog,
                                      crypto::JwtClaims claims);

/// How soon a client that lost its stream comes back; sent first.
inline constexpr std::string_view sse_begin = "retry: 1000\n\n";

}  // namespace takas::api
