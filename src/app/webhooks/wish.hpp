// Checks what a caller says about a subscription and writes it into the record. Private to this folder.
#pragma once

#include "app/webhooks/webhooks.hpp"

namespace takas::app::webhooks {

/// `webhook` and `secrets` carry the stored values, or defaults for a new one. Error: validation.
Result<void> apply_wish(const WebhookWish& wish, Instant now, core::webhook::Webhook& webhook, WebhookSecrets& secrets);

}  // namespace takas::app::webhooks
