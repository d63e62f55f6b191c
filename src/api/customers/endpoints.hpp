// The rows of the sections Customer and Segment.
#pragma once

#include <span>

#include "api/framework/endpoint.hpp"

namespace takas::api {

std::span<const Endpoint> customer_endpoints();
std::span<const Endpoint> segment_endpoints();

}  // namespace takas::api
