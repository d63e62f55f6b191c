// What an HTTP request and its answer are to the doors above: bytes and names. Nothing here knows sockets, JSON or
// cards.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace takas::net {

struct Header {
    std::string_view name;
    std::string_view value;
};

/// One complete request. The views point into memory that the server keeps for as long as the shared_ptr it handed out.
struct HttpRequest {
    std::string_view method;  ///< as sent: "GET"
    std::string_view path;    ///< still percent-encoded, begins with '/' (or is "*"), without the query
    std::string_view query;   ///< still percent-encoded, without '?'; empty when there is none
    std::string_view body;    ///< transfer coding already removed
    std::vector<Header> headers;
    std::string remote_address;  ///< "127.0.0.1", "2001:db8::1"
    bool remote_is_loopback = false;

    /// The first header of that name (ASCII case does not matter); "" when there is none.
    std::string_view header(std::string_view name) const;
};

/// Content-Length, Date and Connection are written by the server and must not be among `headers`.
struct HttpResponse {
    int status = 200;
    std::string content_type = "application/json";  ///< empty: no Content-Type
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers{};
};

/// ASCII case-insensitive equality, for header names and values.
bool equals_ignoring_case(std::string_view a, std::string_view b);

/// True when the name is a token and the value holds no control characters: safe to be written into a head.
bool is_safe_header(std::string_view name, std::string_view value);

}  // namespace takas::net
