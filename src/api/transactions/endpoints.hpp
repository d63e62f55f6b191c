// The rows of the card transaction area.
#pragma once

#include <span>

#include "api/framework/endpoint.hpp"

namespace takas::api {

std::span<const Endpoint> transaction_endpoints();

}  // namespace takas::api
