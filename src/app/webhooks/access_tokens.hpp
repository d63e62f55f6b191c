// Bearer tokens for receivers that want OAuth 2.0 client credentials (RFC 6749, 4.4): asked for once, kept in memory
// until shortly before they end, shared by all deliveries of a subscription. A delivery that finds no token waits for
// the one answer that is under way; a receiver that answers 401 makes the next delivery ask anew.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/ports/webhook_sender.hpp"
#include "app/webhooks/webhook_secrets.hpp"
#include "base/time.hpp"
#include "core/webhook/webhook.hpp"

namespace takas::app::webhooks {

/// What a token endpoint said: RFC 6749, 5.1.
struct AccessToken {
    std::string text;
    std::int64_t lifetime_s = 0;  ///< how long it may be used: some seconds less than the endpoint promised
};

/// Nothing unless `body` holds a bearer token that fits into a header.
std::optional<AccessToken> parse_access_token(std::string_view body);

/// The request for a token: client id and secret by HTTP Basic (RFC 6749, 2.3.1).
ports::WebhookRequest token_request(const core::webhook::Webhook& webhook, const WebhookSecrets& secrets,
                                    bool allow_loopback);

class AccessTokens {
  public:
    /// The sender must outlive every request given to `send`.
    explicit AccessTokens(ports::WebhookSender& sender);

    /// Sends `request` with a token of the webhook's token endpoint. `done` is called exactly once, on any thread. No
    /// token: a reply without status, its error begins with "oauth_".
    void send(const core::webhook::Webhook& webhook, const WebhookSecrets& secrets, ports::WebhookRequest request,
              Instant now, ports::WebhookSender::Done done);

  private:
    struct State;
    std::shared_ptr<State> state_;  ///< shared with answers that may come after this is gone
};

}  // namespace takas::app::webhooks
