#include "api/operations/metrics.hpp"

#include <gtest/gtest.h>

namespace takas::api {
namespace {

TEST(Metrics, CountsRequestsAndAsksForTheRest) {
    constexpr std::array<std::string_view, 2> operations{"createCard", "getCard"};
    Metrics metrics(operations);
    metrics.request_done(0, 200, 1500);
    metrics.request_done(0, 200, 1500);
    metrics.request_done(1, 404, 100);
    metrics.request_done(99, 405, 10);
    double length = 3;
    metrics.gauge("takas_pool_queue_length", "Waiting", [&] { return length; });
    length = 7;
    const std::string text = metrics.text();
    for (const char* line : {R"(takas_http_requests_total{operation="createCard",status="2xx"} 2)",
                             R"(takas_http_requests_total{operation="getCard",status="4xx"} 1)",
                             R"(takas_http_requests_total{operation="none",status="4xx"} 1)",
                             R"(takas_http_request_duration_seconds_bucket{operation="createCard",le="0.002"} 2)",
                             "takas_pool_queue_length 7"})
        EXPECT_NE(text.find(line), std::string::npos) << line << "\n" << text;
}

}  // namespace
}  // namespace takas::api
