// The rows of the section Language.
#pragma once

#include <span>

#include "api/framework/endpoint.hpp"

namespace takas::api {

std::span<const Endpoint> language_endpoints();

}  // namespace takas::api
