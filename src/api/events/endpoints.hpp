// The public event log: pages, or server-sent events.
#pragma once

#include <span>

#include "api/framework/endpoint.hpp"

namespace takas::api {

std::span<const Endpoint> event_endpoints();

}  // namespace takas::api
