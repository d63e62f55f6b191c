#include "main/webhook_door.hpp"

namespace takas::main {

using app::ports::ReplyBody;

namespace {

ReplyBody of(net::BodyState state) {
    switch (state) {
        using enum net::BodyState;
        case whole:
            return ReplyBody::whole;
        case too_large:
            return ReplyBody::too_large;
        case encoded:
            return ReplyBody::encoded;
        case cut_off:
            break;
    }
    return ReplyBody::cut_off;
}

}  // namespace

Result<void> WebhookDoor::check(std::string_view url, bool allow_loopback) const {
    if (auto right = net::check_url(url, allow_loopback); !right) return std::unexpected(std::move(right.error()));
    return {};
}

void WebhookDoor::send(app::ports::WebhookRequest request, Done done) {
    net::OutboundRequest outbound;
    outbound.method = "POST";
    outbound.url = std::move(request.url);
    outbound.headers = std::move(request.headers);
    outbound.body = std::move(request.body);
    outbound.timeout = std::chrono::milliseconds(request.timeout_ms);
    outbound.allow_loopback = request.allow_loopback;
    client_->send(std::move(outbound), [done = std::move(done),
                                        wants_body = request.wants_body](net::OutboundResult result) mutable {
        app::ports::WebhookReply reply{result.status, std::move(result.error), std::move(result.retry_after)};
        reply.body_state = of(result.body_state);
        reply.may_have_arrived = result.connected;
        if (wants_body && reply.body_state == ReplyBody::whole) reply.body = std::move(result.body_start);
        done(std::move(reply));
    });
}

}  // namespace takas::main
