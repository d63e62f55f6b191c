// One attempt as an HTTP request: body, signatures, credentials and the subscriber's own headers.
#pragma once

#include <string>

#include "app/ports/webhook_sender.hpp"
#include "app/webhooks/webhook_secrets.hpp"
#include "base/error.hpp"
#include "core/webhook/webhook.hpp"

namespace takas::notify {

/// The message id is the delivery's: the same for every attempt and resend; time and signatures are those of this
/// attempt. Error: internal when the signing secret is damaged.
Result<app::ports::WebhookRequest> make_request(const core::webhook::Webhook& webhook,
                                                const app::webhooks::WebhookSecrets& secrets,
                                                const core::webhook::WebhookDelivery& delivery, std::string body,
                                                Instant now);

}  // namespace takas::notify
