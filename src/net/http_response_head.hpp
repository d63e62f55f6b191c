// HttpResponse -> the bytes of its head. Pure.
#pragma once

#include <ctime>
#include <string>
#include <string_view>

#include "net/http_message.hpp"

namespace takas::net {

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, IMF-fixdate)
std::string http_date(std::time_t when);

/// False when a header could break out of its line; such an answer is a defect of ours and must not be sent.
bool is_sendable(const HttpResponse& response);

/// Replaces `out` by status line and headers, up to and including the empty line. Without a length the body ends with
/// the connection.
void write_response_head(std::string& out, const HttpResponse& response, std::string_view date, bool keep_alive,
                         bool has_length = true);

/// 1xx, 204 and 304 never carry a body.
constexpr bool status_has_body(int status) { return status >= 200 && status != 204 && status != 304; }

}  // namespace takas::net
