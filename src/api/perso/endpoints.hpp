// The rows of personalisation orders and deliveries.
#pragma once

#include <span>

#include "api/framework/endpoint.hpp"

namespace takas::api {

std::span<const Endpoint> perso_endpoints();

}  // namespace takas::api
