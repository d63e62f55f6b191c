// Every endpoint of the HTTP API, and the sections of its reference. Each area lists its own rows; this is the list of
// areas.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "api/framework/endpoint.hpp"
#include "api/framework/raw_endpoint.hpp"

namespace takas::api {

struct Section {
    std::string_view tag;
    std::string_view description;
};

/// In the order of the reference.
std::span<const Section> sections();
std::vector<Endpoint> all_endpoints();
std::span<const RawEndpoint> all_raw_endpoints();

}  // namespace takas::api
