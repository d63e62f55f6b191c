// Rows for what is not the JSON API: health, metrics, the OpenAPI document and its reader. They need no token, answer
// from memory and say their own content type.
#pragma once

#include <string_view>

#include "api/framework/endpoint.hpp"
#include "net/http_message.hpp"

namespace takas::api {

struct Operations;  // api/operations/operations.hpp: what these rows show

struct RawEndpoint {
    Method method;
    std::string_view path;
    std::string_view operation_id;
    std::string_view tag;
    std::string_view summary;
    std::string_view content_type;
    bool may_be_unavailable;  ///< answers 503 as well
    net::HttpResponse (*run)(const Operations&, const net::HttpRequest&);
};

}  // namespace takas::api
