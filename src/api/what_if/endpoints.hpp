// What-if of a card.
#pragma once

#include <span>

#include "api/framework/endpoint.hpp"

namespace takas::api {

std::span<const Endpoint> what_if_endpoints();

}  // namespace takas::api
