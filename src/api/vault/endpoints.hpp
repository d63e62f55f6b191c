// The rows of the card vault: the merchants' doors, and the operator's part.
#pragma once

#include <span>

#include "api/framework/endpoint.hpp"

namespace takas::api {

std::span<const Endpoint> vault_temp_endpoints();
std::span<const Endpoint> vault_card_endpoints();
std::span<const Endpoint> vault_use_endpoints();
std::span<const Endpoint> vault_forward_endpoints();
std::span<const Endpoint> vault_system_endpoints();
std::span<const Endpoint> vault_upkeep_endpoints();

}  // namespace takas::api
