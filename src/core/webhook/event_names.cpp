#include "core/webhook/event_names.hpp"

#include <algorithm>

namespace takas::core::webhook {
namespace {

constexpr std::string_view three_d_secure_payload_name = "3dSecureTransition";

}  // namespace

std::string_view delivered_name(event::EventKind kind) {
    return kind == event::EventKind::three_d_secure_transition ? three_d_secure_payload_name : to_name(kind);
}

std::optional<event::EventKind> event_kind(std::string_view name) {
    if (name == three_d_secure_payload_name) return event::EventKind::three_d_secure_transition;
    return from_name<event::EventKind>(name);
}

bool wants(std::span<const std::string> event_names, event::EventKind kind) {
    return std::ranges::any_of(
        event_names, [kind](const std::string& name) { return name == every_event || event_kind(name) == kind; });
}

}  // namespace takas::core::webhook
