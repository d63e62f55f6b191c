// Webhook subscriptions and their deliveries.
#pragma once

#include <span>

#include "api/framework/endpoint.hpp"

namespace takas::api {

std::span<const Endpoint> webhook_endpoints();

}  // namespace takas::api
