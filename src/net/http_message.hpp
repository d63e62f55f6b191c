// What an HTTP request and its answer are to the doors above: bytes and names. Nothing here knows sockets, JSON or
// cards.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
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

/// The sending end of an answer without an end yet. From any thread.
class ResponseStream {
  public:
    virtual ~ResponseStream() = default;
    /// Queues bytes. False when the stream is closed: by the client, by the server's end, or because the client left
    /// too much unread.
    virtual bool write(std::string_view bytes) = 0;
    /// Queued and not yet taken by the client's side.
    virtual std::size_t unsent_bytes() const = 0;
    virtual bool is_open() const = 0;
    /// Closes the connection behind what was queued.
    virtual void end() = 0;
};

/// Content-Length, Date and Connection are written by the server and must not be among `headers`.
struct HttpResponse {
    int status = 200;
    std::string content_type = "application/json";  ///< empty: no Content-Type
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers{};
    /// Set: there is no length; the body is `body` and then what is written to the stream, until the connection closes.
    /// Called on an I/O thread once the head is on its way; must not block.
    std::function<void(std::shared_ptr<ResponseStream>)> stream{};
};

/// ASCII case-insensitive equality, for header names and values.
bool equals_ignoring_case(std::string_view a, std::string_view b);

/// True when the name is a token and the value holds no control characters: safe to be written into a head.
bool is_safe_header(std::string_view name, std::string_view value);

}  // namespace takas::net
