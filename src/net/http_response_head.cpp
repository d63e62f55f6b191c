#include "net/http_response_head.hpp"

#include <algorithm>
#include <array>
#include <boost/beast/http/status.hpp>
#include <charconv>
#include <cstdio>
#include <ostream>  // Beast's status header writes to one without including it

namespace takas::net {
namespace {

void append_number(std::string& out, std::size_t number) {
    std::array<char, 20> digits;
    out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

}  // namespace

std::string http_date(std::time_t when) {
    static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm t{};
    gmtime_r(&when, &t);
    std::array<char, 64> text;
    const int length = std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT", days[t.tm_wday],
                                     t.tm_mday, months[t.tm_mon], t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
    return {text.data(), static_cast<std::size_t>(length)};
}

bool is_sendable(const HttpResponse& response) {
    return response.status >= 200 && response.status <= 599 && is_safe_header("content-type", response.content_type) &&
           std::ranges::all_of(response.headers, [](const auto& h) { return is_safe_header(h.first, h.second); });
}

void write_response_head(std::string& out, const HttpResponse& response, std::string_view date, bool keep_alive,
                         bool has_length) {
    const auto reason = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(response.status));
    out = "HTTP/1.1 ";
    append_number(out, static_cast<std::size_t>(response.status));
    out.append(" ").append(reason.data(), reason.size()).append("\r\nDate: ").append(date);
    if (status_has_body(response.status)) {
        if (!response.content_type.empty()) out.append("\r\nContent-Type: ").append(response.content_type);
        if (has_length) {
            out.append("\r\nContent-Length: ");
            append_number(out, response.body.size());
        }
    }
    out.append(keep_alive ? "\r\nConnection: keep-alive" : "\r\nConnection: close");
    for (const auto& [name, value] : response.headers) out.append("\r\n").append(name).append(": ").append(value);
    out.append("\r\n\r\n");
}

}  // namespace takas::net
