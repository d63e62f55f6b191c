#include "app/webhooks/message.hpp"

#include "app/webhooks/signature.hpp"
#include "base/encoding.hpp"

namespace takas::app::webhooks {
namespace {

using core::webhook::AuthenticationType;
using Headers = std::vector<std::pair<std::string, std::string>>;

void add_credentials(AuthenticationType type, const WebhookSecrets& secrets, Headers& headers) {
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
            return;
    }
}

/// The secret that was replaced, while receivers may still know no other; "" afterwards.
std::string_view still_valid(const WebhookSecrets& secrets, Instant now) {
    const bool overlaps = secrets.previous_valid_until && now < *secrets.previous_valid_until;
    return overlaps ? std::string_view(secrets.previous_signing_secret) : std::string_view();
}

Result<void> add_signatures(const WebhookSecrets& secrets, const std::string& id, const std::string& timestamp,
                            std::string_view body, Instant now, Headers& headers) {
    const std::string_view previous = still_valid(secrets, now);
    auto signature = standard_signature(secrets.signing_secret, id, timestamp, body);
    if (signature && !previous.empty()) {
        const auto second = standard_signature(previous, id, timestamp, body);
        if (!second) return fail(ErrorCode::internal, "the replaced signing secret has not the form whsec_<base64>");
        *signature += ' ' + *second;
    }
    if (!signature) return fail(ErrorCode::internal, "the signing secret has not the form whsec_<base64>");
    headers.emplace_back("webhook-signature", std::move(*signature));
    headers.emplace_back("X-Webhook-Signature", contract_signature(secrets.signing_secret, timestamp, body));
    if (!previous.empty())
        headers.emplace_back("X-Webhook-Signature-Previous", contract_signature(previous, timestamp, body));
    return {};
}

}  // namespace

Result<ports::WebhookRequest> make_request(const core::webhook::Webhook& webhook, const WebhookSecrets& secrets,
                                           const core::webhook::WebhookDelivery& delivery, std::string body,
                                           Instant now) {
    const std::string id = std::to_string(delivery.id.value);
    const std::string timestamp = std::to_string(now.seconds());
    ports::WebhookRequest request;
    request.url = webhook.url;
    request.timeout_ms = webhook.timeout_seconds * 1'000;
    Headers& headers = request.headers;
    headers.emplace_back("Content-Type", "application/json; charset=utf-8");
    headers.emplace_back("webhook-id", id);
    headers.emplace_back("webhook-timestamp", timestamp);
    headers.emplace_back("X-Webhook-Id", id);
    headers.emplace_back("X-Webhook-Attempt", std::to_string(delivery.attempt_count + 1));
    headers.emplace_back("X-Webhook-Timestamp", timestamp);
    if (auto done = add_signatures(secrets, id, timestamp, body, now, headers); !done)
        return std::unexpected(std::move(done.error()));
    add_credentials(webhook.authentication_type, secrets, headers);
    for (const auto& [name, value] : secrets.custom_headers) headers.emplace_back(name, value);
    request.body = std::move(body);
    return request;
}

}  // namespace takas::app::webhooks
