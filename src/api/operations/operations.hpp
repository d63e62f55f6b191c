// What an operator and a reader of the documentation ask the server for: liveness, readiness, metrics, the OpenAPI
// document and the page that shows it. None of it needs a token and none of it names a tenant.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/framework/raw_endpoint.hpp"
#include "api/operations/metrics.hpp"

namespace takas::api {

/// One thing that must be well before traffic is sent here.
struct ReadinessCheck {
    std::string_view name;  ///< "store"
    bool is_ready = false;
};

struct Operations {
    const Metrics* metrics = nullptr;
    std::function<std::vector<ReadinessCheck>()> readiness;
    std::string openapi_json;
    std::function<std::int64_t()> unusable_rules{};  ///< stored ones that fail closed: told, no reason to stay away
};

std::span<const RawEndpoint> operations_endpoints();

}  // namespace takas::api
