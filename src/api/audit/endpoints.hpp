// The rows of the section AuditLog.
#pragma once

#include <span>

#include "api/framework/endpoint.hpp"

namespace takas::api {

std::span<const Endpoint> audit_endpoints();

}  // namespace takas::api
