// The rows of the System section: only the platform's operators may call them.
#pragma once

#include <span>

#include "api/framework/endpoint.hpp"

namespace takas::api {

std::span<const Endpoint> system_endpoints();

}  // namespace takas::api
