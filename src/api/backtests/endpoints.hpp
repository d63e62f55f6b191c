// Back-tests, and reports on drafts in shadow.
#pragma once

#include <span>

#include "api/framework/endpoint.hpp"

namespace takas::api {

std::span<const Endpoint> backtest_endpoints();

}  // namespace takas::api
