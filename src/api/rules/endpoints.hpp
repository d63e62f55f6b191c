// The rows of the section Rule.
#pragma once

#include <span>

#include "api/framework/endpoint.hpp"

namespace takas::api {

std::span<const Endpoint> rule_endpoints();

}  // namespace takas::api
