// A message gateway over HTTP: one POST of {"to", "text", "reference"} for a message, through the same guarded client
// that webhooks leave by. Says whether the message left at all, because a PIN is never sent twice.
#pragma once

#include <string>

#include "app/ports/message_gateway.hpp"
#include "app/ports/webhook_sender.hpp"

namespace takas::notify::messages {

struct HttpGatewayOptions {
    std::string url;
    std::string bearer_token;  ///< "": no Authorization header
    std::int32_t timeout_ms = 10'000;
};

class HttpGateway final : public app::ports::MessageGateway {
  public:
    HttpGateway(app::ports::WebhookSender& sender, HttpGatewayOptions options)
        : sender_(sender), options_(std::move(options)) {}
    app::ports::MessageOutcome send(const app::ports::TextMessage& message) override;

  private:
    app::ports::WebhookSender& sender_;
    const HttpGatewayOptions options_;
};

/// What a reply means for the message.
app::ports::MessageOutcome outcome_of(const app::ports::WebhookReply& reply);

}  // namespace takas::notify::messages
