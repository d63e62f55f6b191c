#include "api/framework/local_call.hpp"

#include <algorithm>
#include <future>

namespace takas::api {
namespace {

/// The request with the characters that its views point into.
struct OwnedRequest {
    explicit OwnedRequest(LocalRequest local) : text(std::move(local)) {
        const std::string_view target = text.target;
        const auto end = std::min(target.find('?'), target.size());
        view.method = text.method;
        view.path = target.substr(0, end);
        view.query = end < target.size() ? target.substr(end + 1) : std::string_view();
        view.body = text.body;
        for (const auto& [name, value] : text.headers) view.headers.push_back({name, value});
        view.remote_address = "127.0.0.1";
        view.remote_is_loopback = true;
    }
    LocalRequest text;
    net::HttpRequest view;
};

}  // namespace

void call(Dispatcher& dispatcher, LocalRequest request, net::Reply reply) {
    const auto owned = std::make_shared<const OwnedRequest>(std::move(request));
    dispatcher.handle(std::shared_ptr<const net::HttpRequest>(owned, &owned->view), std::move(reply));
}

net::HttpResponse call_and_wait(Dispatcher& dispatcher, LocalRequest request) {
    std::promise<net::HttpResponse> promise;
    auto future = promise.get_future();
    call(dispatcher, std::move(request), [&](net::HttpResponse r) { promise.set_value(std::move(r)); });
    return future.get();
}

}  // namespace takas::api
