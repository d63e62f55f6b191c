// The rows of Transaction Testing.
#pragma once

#include <span>

#include "api/framework/endpoint.hpp"

namespace takas::api {

std::span<const Endpoint> sandbox_endpoints();
std::span<const Endpoint> sandbox_pin_endpoints();

}  // namespace takas::api
