// The event names of a subscription. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/event/event.hpp"

namespace takas::core::webhook {

inline constexpr std::string_view every_event = "*";

/// The name that deliveries carry: as published, and `3dSecureTransition` for ThreeDSecureTransition (contract 9).
std::string_view delivered_name(event::EventKind kind);
/// A kind by either of its names; nothing for an unknown name and for "*".
std::optional<event::EventKind> event_kind(std::string_view name);
/// Whether a subscription with these names wants the event.
bool wants(std::span<const std::string> event_names, event::EventKind kind);

}  // namespace takas::core::webhook
