// The rows of the Auth section.
#pragma once

#include <span>

#include "api/framework/endpoint.hpp"

namespace takas::api {

std::span<const Endpoint> auth_endpoints();

}  // namespace takas::api
