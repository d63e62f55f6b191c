// PIN, CVV2, detokenization and key exchange.
#pragma once

#include <span>

#include "api/framework/endpoint.hpp"

namespace takas::api {

std::span<const Endpoint> pin_endpoints();
std::span<const Endpoint> cvv2_endpoints();
std::span<const Endpoint> chip_endpoints();
std::span<const Endpoint> key_exchange_endpoints();

}  // namespace takas::api
