// Endpoints that another contract published: other credentials, other refusals, parameters in headers. Routing, limits,
// parsing, Idempotency-Key, commit, metrics and the reference are those of all rows; a dialect says what differs. The
// dispatcher asks it, and still no endpoint's name.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "api/framework/principal.hpp"
#include "app/context/context.hpp"
#include "net/http_message.hpp"

namespace takas::api {

struct Dialect {
    /// Who calls, and may they do what `scope` stands for. On a worker: may read the store.
    Result<Principal> (*admit)(app::Services& services, const net::HttpRequest& request, std::uint8_t scope);
    std::uint8_t scope = 0;  ///< the dialect's own number
    app::Language (*language)(const net::HttpRequest& request);
    /// The HTTP status of a refusal: where refusals are answers, it is 200.
    int (*status_of)(ErrorCode code);
    /// The number that the body of a refusal gives.
    int (*number_of)(ErrorCode code);
    std::span<const ErrorCode> errors;  ///< which its door may give
    /// Headers that every answer has, whatever its outcome: those for browsers. nullptr: none.
    void (*add_headers)(app::Services& services, const net::HttpRequest& request,
                        net::HttpResponse& response) = nullptr;
    /// What a browser asks before it asks (OPTIONS). nullptr: browsers are not expected.
    net::HttpResponse (*preflight)(app::Services& services, const net::HttpRequest& request) = nullptr;
    std::string_view security;  ///< for the reference: OpenAPI's `security`, JSON text
    std::string_view opens;     ///< for the reference: what a credential needs
};

}  // namespace takas::api
