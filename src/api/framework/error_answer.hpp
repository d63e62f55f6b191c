// The error envelope of the published API (contract 1.4) in the caller's language. Shows what the error table and the
// public parts of an Error say; the internal detail never gets here.
#pragma once

#include <string>
#include <string_view>

#include "app/context/context.hpp"
#include "base/error.hpp"
#include "net/http_message.hpp"

namespace takas::api {

/// How long a refused caller is asked to wait: longer than any queue here, shorter than a human's patience.
inline constexpr std::string_view retry_after_s = "1";

/// The language asked for by Accept-Language (RFC 9110, 12.5.4) among "tr" and "en"; Turkish when neither is.
app::Language language_of(std::string_view accept_language);

/// {"error":{"code":...,"message":...,"details":null,"data":...,"validationErrors":...}}
std::string error_body(const Error& error, app::Language language);

/// With the status of the error's row, and Retry-After or WWW-Authenticate where the status needs it.
net::HttpResponse error_answer(const Error& error, app::Language language);

/// What the HTTP server says on its own, before a request is complete: 400, 408, 413, 431, 500, 503.
net::HttpResponse server_error_answer(int status);

/// The headers that every answer of this server carries.
void add_security_headers(net::HttpResponse& response);

}  // namespace takas::api
