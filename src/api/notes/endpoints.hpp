// The rows of user notes, in the sections of what they are about.
#pragma once

#include <span>

#include "api/framework/endpoint.hpp"

namespace takas::api {

std::span<const Endpoint> note_endpoints();

}  // namespace takas::api
