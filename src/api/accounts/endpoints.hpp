// The rows of the Account section.
#pragma once

#include <span>

#include "api/framework/endpoint.hpp"

namespace takas::api {

std::span<const Endpoint> account_endpoints();

}  // namespace takas::api
