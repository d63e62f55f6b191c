// The rows of the Card section.
#pragma once

#include <span>

#include "api/framework/endpoint.hpp"

namespace takas::api {

std::span<const Endpoint> card_endpoints();

}  // namespace takas::api
