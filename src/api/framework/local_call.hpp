// Calls without a socket: for tests, scenarios and benchmarks in the server's own process. The request goes the same
// way as one from the network, from the dispatcher on.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "api/framework/dispatcher.hpp"

namespace takas::api {

struct LocalRequest {
    std::string method = "GET";
    std::string target;  ///< path and query, percent-encoded
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};
};

/// Does not block; `reply` may be called on any thread.
void call(Dispatcher& dispatcher, LocalRequest request, net::Reply reply);

net::HttpResponse call_and_wait(Dispatcher& dispatcher, LocalRequest request);

}  // namespace takas::api
