// The rows of the Customer section.
#pragma once

#include <span>

#include "api/framework/endpoint.hpp"

namespace takas::api {

std::span<const Endpoint> customer_endpoints();

}  // namespace takas::api
