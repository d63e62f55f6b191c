// The OpenAPI 3.1 document, written from the endpoint rows and the field tables: what is served is what is described.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>

#include "api/endpoints.hpp"

namespace takas::api::openapi {

/// JSON text, in row order: the same rows give the same bytes.
std::string document(std::span<const Endpoint> endpoints, std::span<const RawEndpoint> raw_endpoints,
                     std::span<const Section> sections, std::string_view version);

/// Every error the row may answer: those it names and those that follow from its shape.
std::set<ErrorCode> errors_of(const Endpoint& row);

}  // namespace takas::api::openapi
