// What must not be shown of a subscription: its signing secret, its credentials and the headers it adds. Kept sealed in
// the webhook's row and bound to it.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "app/secrets/secret_box.hpp"
#include "base/describe.hpp"
#include "core/webhook/webhook.hpp"

namespace takas::app::webhooks {

struct WebhookSecrets {
    std::string signing_secret;  ///< "whsec_" and base64 of 24 to 64 octets
    std::string user_name;       ///< Basic
    std::string password;        ///< Basic
    std::string token;           ///< Bearer
    std::string header_name;     ///< ApiKey
    std::string header_value;    ///< ApiKey
    std::string token_url;       ///< OAuth2ClientCredentials, as the next three
    std::string client_id;
    std::string client_secret;
    std::string scope;                            ///< "": not sent
    std::string previous_signing_secret;          ///< signs beside the new one until then
    std::optional<Instant> previous_valid_until;  ///< set together with it
    std::map<std::string, std::string> custom_headers;
};

Result<void> seal(const secrets::SecretBox& box, const WebhookSecrets& secrets, core::webhook::Webhook& webhook);
Result<WebhookSecrets> open(const secrets::SecretBox& box, const core::webhook::Webhook& webhook);

}  // namespace takas::app::webhooks

namespace takas {
template <>
struct Describe<app::webhooks::WebhookSecrets> {
    using T = app::webhooks::WebhookSecrets;
    static constexpr std::string_view name = "WebhookSecrets";
    static constexpr auto fields = std::array{
        field<&T::signing_secret>("").secret(), field<&T::user_name>("").secret(),
        field<&T::password>("").secret(),       field<&T::token>("").secret(),
        field<&T::header_name>("").secret(),    field<&T::header_value>("").secret(),
        field<&T::custom_headers>("").secret(), field<&T::token_url>("").secret(),
        field<&T::client_id>("").secret(),      field<&T::client_secret>("").secret(),
        field<&T::scope>("").secret(),          field<&T::previous_signing_secret>("").secret(),
        field<&T::previous_valid_until>(""),
    };
};
}  // namespace takas
