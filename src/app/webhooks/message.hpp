// One attempt as an HTTP request: body, signatures, credentials and the subscriber's own headers. The token of
// OAuth2ClientCredentials is not among them: access_tokens.hpp adds it.
#pragma once

#include <string>

#include "app/ports/webhook_sender.hpp"
#include "app/webhooks/webhook_secrets.hpp"
#include "base/error.hpp"
#include "core/webhook/webhook.hpp"

namespace takas::app::webhooks {

/// The message id is the delivery's: the same for every attempt and resend; time and signatures are those of this
/// attempt. While a replaced secret is still valid, it signs as well. Error: internal when a secret is damaged.
Result<ports::WebhookRequest> make_request(const core::webhook::Webhook& webhook, const WebhookSecrets& secrets,
                                           const core::webhook::WebhookDelivery& delivery, std::string body,
                                           Instant now);

}  // namespace takas::app::webhooks
