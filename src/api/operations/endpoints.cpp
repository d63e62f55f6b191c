#include <algorithm>

#include "api/docs/reference_page.hpp"
#include "api/operations/operations.hpp"
#include "protocol/json/codec.hpp"

namespace takas::api {
namespace {

net::HttpResponse show_liveness(const Operations&, const net::HttpRequest&) {
    return {.status = 200, .body = R"({"status":"live"})"};
}

/// {"status":"ready","checks":{"store":true},"warnings":{"unusable_rules":0}}; 503 while a check is red.
net::HttpResponse show_readiness(const Operations& operations, const net::HttpRequest&) {
    const auto checks = operations.readiness ? operations.readiness() : std::vector<ReadinessCheck>{};
    const bool is_ready = std::ranges::all_of(checks, &ReadinessCheck::is_ready);
    std::string body = is_ready ? R"({"status":"ready","checks":{)" : R"({"status":"not_ready","checks":{)";
    bool is_first = true;
    for (const ReadinessCheck& check : checks) {
        if (!is_first) body += ',';
        is_first = false;
        protocol::json::append_json_string(body, check.name);
        body += check.is_ready ? ":true" : ":false";
    }
    body += '}';
    if (operations.unusable_rules)
        body += R"(,"warnings":{"unusable_rules":)" + std::to_string(operations.unusable_rules()) + '}';
    return {.status = is_ready ? 200 : 503, .body = body + '}'};
}

net::HttpResponse show_metrics(const Operations& operations, const net::HttpRequest&) {
    return {.status = 200,
            .content_type = "text/plain; version=0.0.4; charset=utf-8",
            .body = operations.metrics ? operations.metrics->text() : std::string()};
}

net::HttpResponse show_openapi(const Operations& operations, const net::HttpRequest&) {
    return {.status = 200, .body = operations.openapi_json, .headers = {{"Cache-Control", "no-cache"}}};
}

net::HttpResponse show_reference_page(const Operations&, const net::HttpRequest&) { return docs::reference_page(); }

net::HttpResponse show_viewer(const Operations&, const net::HttpRequest& request) {
    return docs::viewer_script(request.header("if-none-match"));
}

constexpr std::string_view tag = "Operations";

constexpr std::array rows{
    RawEndpoint{Method::get, "/health/live", "getLiveness", tag, "The process runs", "application/json", false,
                &show_liveness},
    RawEndpoint{Method::get, "/health/ready", "getReadiness", tag, "The server can do its work", "application/json",
                true, &show_readiness},
    RawEndpoint{Method::get, "/metrics", "getMetrics", tag, "Counters and gauges in the Prometheus text format",
                "text/plain", false, &show_metrics},
    RawEndpoint{Method::get, "/openapi.json", "getOpenApi", tag, "This document", "application/json", false,
                &show_openapi},
    RawEndpoint{Method::get, "/docs", "getReferencePage", tag, "This document as a page", "text/html", false,
                &show_reference_page},
    RawEndpoint{Method::get, "/docs/viewer.js", "getReferenceViewer", tag, "The script that draws the page",
                "text/javascript", false, &show_viewer},
};

}  // namespace

std::span<const RawEndpoint> operations_endpoints() { return rows; }

}  // namespace takas::api
