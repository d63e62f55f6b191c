// The card form for merchants' pages (docs/vault_fields.md): its script, its page, their files. No credential is needed
// and no secret is in any of it; who may embed the page is in the page's policy.
#pragma once

#include <span>

#include "api/framework/raw_endpoint.hpp"

namespace takas::api {

std::span<const RawEndpoint> fields_endpoints();

}  // namespace takas::api
