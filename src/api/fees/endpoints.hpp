// The rows of the section Fee.
#pragma once

#include <span>

#include "api/framework/endpoint.hpp"

namespace takas::api {

std::span<const Endpoint> fee_endpoints();
std::span<const Endpoint> fee_tax_endpoints();

}  // namespace takas::api
