// Rows for what is not the JSON API: health, metrics, the OpenAPI document and its reader, the vault's card form. They
// need no token and say their own content type; most answer from memory.
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
    bool may_be_unavailable = false;  ///< answers 503 as well
    net::HttpResponse (*run)(const Operations&, const net::HttpRequest&) = nullptr;
    /// Instead of `run`: on a worker, and may read the store.
    net::HttpResponse (*run_on_worker)(app::Services&, const net::HttpRequest&) = nullptr;
};

}  // namespace takas::api
