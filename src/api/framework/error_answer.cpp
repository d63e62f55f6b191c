#include "api/framework/error_answer.hpp"

#include <algorithm>

#include "base/trimmed.hpp"
#include "protocol/json/codec.hpp"

namespace takas::api {
namespace {

using protocol::json::append_json_string;

/// "q=0.8" as 800; 1000 when there is none; 0 when it is broken.
int weight_of(std::string_view parameters) {
    const auto at = parameters.find("q=");
    if (at == std::string_view::npos) return 1000;
    const std::string_view text = trimmed(parameters.substr(at + 2));
    if (text.starts_with('1')) return 1000;
    if (!text.starts_with("0.")) return 0;
    int weight = 0, scale = 100;
    for (const char c : text.substr(2)) {
        if (c < '0' || c > '9' || scale == 0) return weight;
        weight += (c - '0') * scale;
        scale /= 10;
    }
    return weight;
}

void append_data(std::string& out, const ErrorData& data) {
    if (data.empty()) {
        out += "null";
        return;
    }
    char separator = '{';
    for (const auto& [name, json] : data) {
        out += separator;
        append_json_string(out, name);
        out += ':';
        out += json;
        separator = ',';
    }
    out += '}';
}

void append_field_errors(std::string& out, const std::vector<FieldError>& fields, app::Language language) {
    if (fields.empty()) {
        out += "null";
        return;
    }
    char separator = '[';
    for (const FieldError& field : fields) {
        out += separator;
        out += R"({"message":)";
        append_json_string(out, language == app::Language::english ? field.english : field.turkish);
        out += R"(,"members":[)";
        append_json_string(out, field.path);
        out += "]}";
        separator = ',';
    }
    out += ']';
}

}  // namespace

app::Language language_of(std::string_view accept_language) {
    app::Language best = app::Language::turkish;
    int best_weight = 0;
    while (!accept_language.empty()) {
        const auto end = std::min(accept_language.find(','), accept_language.size());
        const std::string_view part = accept_language.substr(0, end);
        accept_language.remove_prefix(std::min(end + 1, accept_language.size()));
        const auto semicolon = std::min(part.find(';'), part.size());
        const std::string_view tag = trimmed(part.substr(0, semicolon));
        const std::string_view primary = tag.substr(0, std::min(tag.find('-'), tag.size()));
        const bool english = net::equals_ignoring_case(primary, "en");
        if (!english && !net::equals_ignoring_case(primary, "tr")) continue;
        const int weight = weight_of(part.substr(semicolon));
        if (weight <= best_weight) continue;
        best_weight = weight;
        best = english ? app::Language::english : app::Language::turkish;
    }
    return best;
}

std::string error_body(const Error& error, app::Language language) {
    const ErrorRow& row = error_row(error.code);
    std::string out = R"({"error":{"code":)";
    append_json_string(out, row.public_code);
    out += R"(,"message":)";
    append_json_string(out, language == app::Language::english ? row.english : row.turkish);
    out += R"(,"details":null,"data":)";
    append_data(out, error.data);
    out += R"(,"validationErrors":)";
    append_field_errors(out, error.fields, language);
    out += "}}";
    return out;
}

net::HttpResponse error_answer(const Error& error, app::Language language) {
    net::HttpResponse response;
    response.status = error_row(error.code).http_status;
    response.body = error_body(error, language);
    if (response.status == 429 || response.status == 503)
        response.headers.emplace_back("Retry-After", std::string(retry_after_s));
    if (response.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
    return response;
}

net::HttpResponse server_error_answer(int status) {
    const ErrorCode code = status == 413   ? ErrorCode::body_too_large
                           : status == 503 ? ErrorCode::unavailable
                           : status >= 500 ? ErrorCode::internal
                                           : ErrorCode::validation;
    net::HttpResponse response = error_answer({code, {}}, app::Language::turkish);
    response.status = status;
    add_security_headers(response);
    return response;
}

void add_security_headers(net::HttpResponse& response) {
    response.headers.emplace_back("X-Content-Type-Options", "nosniff");
    const bool has_cache_rule =
        std::ranges::any_of(response.headers, [](const auto& h) { return h.first == "Cache-Control"; });
    if (!has_cache_rule) response.headers.emplace_back("Cache-Control", "no-store");
}

}  // namespace takas::api
