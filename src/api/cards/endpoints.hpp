// The rows of the Card section.
#pragma once

#include <span>

#include "api/framework/endpoint.hpp"

namespace takas::api {

std::span<const Endpoint> card_endpoints();
std::span<const Endpoint> card_change_endpoints();
std::span<const Endpoint> noname_endpoints();

}  // namespace takas::api
