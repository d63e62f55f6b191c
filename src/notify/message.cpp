#include "notify/message.hpp"

#include "base/encoding.hpp"
#include "notify/signature.hpp"

namespace takas::notify {
namespace {

using core::webhook::AuthenticationType;
using Headers = std::vector<std::pair<std::string, std::string>>;

void add_credentials(AuthenticationType type, const app::webhooks::WebhookSecrets& secrets, Headers& headers) {
    switch (type) {
        case AuthenticationType::basic:
            headers.emplace_back("Authorization",
                                 "Basic " + base64_encode(bytes_of(secrets.user_name + ':' + secrets.password)));
            return;
        case AuthenticationType::bearer:
            headers.emplace_back("Authorization", "Bearer " + secrets.token);
            return;
        case AuthenticationType::api_key:
            headers.emplace_back(secrets.header_name, secrets.header_value);
            return;
        case AuthenticationType::none:
        case AuthenticationType::o_auth_2_client_credentials:
            return;  // the latter is refused at registration
    }
}

}  // namespace

Result<app::ports::WebhookRequest> make_request(const core::webhook::Webhook& webhook,
                                                const app::webhooks::WebhookSecrets& secrets,
                                                const core::webhook::WebhookDelivery& delivery, std::string body,
                                                Instant now) {
    const std::string id = std::to_string(delivery.id.value);
    const std::string timestamp = std::to_string(now.seconds());
    auto signature = standard_signature(secrets.signing_secret, id, timestamp, body);
    if (!signature) return fail(ErrorCode::internal, "the signing secret has not the form whsec_<base64>");

    app::ports::WebhookRequest request;
    request.url = webhook.url;
    request.timeout_ms = webhook.timeout_seconds * 1'000;
    Headers& headers = request.headers;
    headers.emplace_back("Content-Type", "application/json; charset=utf-8");
    headers.emplace_back("webhook-id", id);
    headers.emplace_back("webhook-timestamp", timestamp);
    headers.emplace_back("webhook-signature", std::move(*signature));
    headers.emplace_back("X-Webhook-Id", id);
    headers.emplace_back("X-Webhook-Attempt", std::to_string(delivery.attempt_count + 1));
    headers.emplace_back("X-Webhook-Timestamp", timestamp);
    headers.emplace_back("X-Webhook-Signature", contract_signature(secrets.signing_secret, timestamp, body));
    add_credentials(webhook.authentication_type, secrets, headers);
    for (const auto& [name, value] : secrets.custom_headers) headers.emplace_back(name, value);
    request.body = std::move(body);
    return request;
}

}  // namespace takas::notify
