#include "notify/messages/http_gateway.hpp"

#include <algorithm>
#include <array>
#include <future>
#include <string_view>

#include "protocol/json/codec.hpp"

namespace takas::notify::messages {

struct Message {
    std::string to, text, reference;
};

}  // namespace takas::notify::messages

namespace takas {
template <>
struct Describe<notify::messages::Message> {
    using T = notify::messages::Message;
    static constexpr std::string_view name = "Message";
    static constexpr auto& fields = columns<&T::to, &T::text, &T::reference>;
};
}  // namespace takas

namespace takas::notify::messages {

using app::ports::MessageOutcome;
using app::ports::WebhookReply;

MessageOutcome outcome_of(const WebhookReply& reply) {
    // The client's words for what ends before the first octet of the request has left.
    constexpr std::array<std::string_view, 4> never_left{"dns", "connect", "tls", "overloaded"};
    constexpr std::array<std::string_view, 3> not_allowed{"refused_url", "refused_address", "bad_header"};
    const int kind = reply.status / 100;
    if (kind == 2) return MessageOutcome::accepted;
    if (kind == 3 || kind == 4) return MessageOutcome::refused;
    if (reply.status != 0) return MessageOutcome::unknown;
    if (std::ranges::find(never_left, reply.error) != never_left.end()) return MessageOutcome::not_reached;
    if (std::ranges::find(not_allowed, reply.error) != not_allowed.end()) return MessageOutcome::refused;
    return MessageOutcome::unknown;
}

MessageOutcome HttpGateway::send(const app::ports::TextMessage& message) {
    Message content{message.phone_number, std::string(text_of(message.text.reveal())), message.reference};
    app::ports::WebhookRequest request;
    request.url = options_.url;
    request.timeout_ms = options_.timeout_ms;
    request.allow_loopback = message.allow_loopback;
    request.headers.emplace_back("Content-Type", "application/json");
    if (!options_.bearer_token.empty())
        request.headers.emplace_back("Authorization", "Bearer " + options_.bearer_token);
    request.body = protocol::json::encode(content);
    crypto::wipe({reinterpret_cast<std::uint8_t*>(content.text.data()), content.text.size()});
    std::promise<MessageOutcome> promise;
    auto future = promise.get_future();
    sender_.send(std::move(request), [&promise](const WebhookReply& reply) { promise.set_value(outcome_of(reply)); });
    return future.get();
}

}  // namespace takas::notify::messages
