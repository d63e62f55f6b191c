// The hand-written half of OpenAPI's components: the error envelope with one example per error code, the shared headers
// and parameters, the security schemes, and what each path parameter means.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "api/openapi/json_text.hpp"
#include "base/error.hpp"

namespace takas::api::openapi {

inline constexpr std::string_view error_schema = "RemoteServiceErrorResponse";

/// "COMMON:00001" as a component name: "COMMON-00001".
std::string example_name(ErrorCode code);

/// The members of components.schemas that no described struct gives, without the outer braces.
std::string error_schemas();

/// components.headers, .parameters, .examples and .securitySchemes, as members of an object that is open.
void write_shared_components(JsonText& out, const std::set<ErrorCode>& used_errors);

/// One path parameter object.
void write_path_parameter(JsonText& out, std::string_view name);

}  // namespace takas::api::openapi
