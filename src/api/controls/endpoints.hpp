// The rows of the sections AuthorizationControl and VelocityControl.
#pragma once

#include <span>

#include "api/framework/endpoint.hpp"

namespace takas::api {

std::span<const Endpoint> authorization_control_endpoints();
std::span<const Endpoint> authorization_link_endpoints();
std::span<const Endpoint> velocity_control_endpoints();
std::span<const Endpoint> velocity_link_endpoints();
std::span<const Endpoint> card_velocity_endpoints();
std::span<const Endpoint> used_limit_endpoints();

}  // namespace takas::api
