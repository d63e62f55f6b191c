#include "app/webhooks/webhook_secrets.hpp"

#include "protocol/json/codec.hpp"

namespace takas::app::webhooks {

Result<void> seal(const secrets::SecretBox& box, const WebhookSecrets& secrets, core::webhook::Webhook& webhook) {
    const std::string text = protocol::json::encode(secrets, protocol::json::storage_write);
    auto sealed =
        box.seal(text, {"webhook", std::to_string(webhook.tenant_id.value), std::to_string(webhook.id.value)});
    if (!sealed) return std::unexpected(std::move(sealed.error()));
    webhook.secrets_sealed = std::move(*sealed);
    return {};
}

Result<WebhookSecrets> open(const secrets::SecretBox& box, const core::webhook::Webhook& webhook) {
    const auto opened = box.open(
        webhook.secrets_sealed, {"webhook", std::to_string(webhook.tenant_id.value), std::to_string(webhook.id.value)});
    if (!opened) return std::unexpected(opened.error());
    return protocol::json::decode<WebhookSecrets>(text_of(opened->reveal()), protocol::json::storage_read);
}

}  // namespace takas::app::webhooks
