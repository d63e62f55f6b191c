#include "app/webhooks/wish.hpp"

#include <algorithm>

#include "core/webhook/event_names.hpp"
#include "core/webhook/health.hpp"
#include "core/webhook/request_headers.hpp"

namespace takas::app::webhooks {
namespace {

using core::webhook::AuthenticationType;
using core::webhook::is_header_name;
using core::webhook::is_header_value;
using core::webhook::is_reserved_header;

std::vector<std::string> checked_event_names(const std::vector<std::string>& names, FieldErrors& errors) {
    std::vector<std::string> checked;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto kind = core::webhook::event_kind(names[i]);
        if (!kind && names[i] != core::webhook::every_event) {
            errors.add("eventNames[" + std::to_string(i) + "]", "There is no such event.", "Böyle bir olay yok.");
            continue;
        }
        std::string name(kind ? to_name(*kind) : core::webhook::every_event);
        if (std::ranges::find(checked, name) == checked.end()) checked.push_back(std::move(name));
    }
    return checked;
}

/// Takes the wished text, keeps the stored one when none is wished, and reports when there is neither.
void take_required(const std::optional<std::string>& wished, std::string_view path, std::string& kept,
                   FieldErrors& errors) {
    if (wished && !wished->empty()) kept = *wished;
    if (kept.empty())
        errors.add(std::string(path), "This authentication type needs a value here; a new address needs it again.",
                   "Bu kimlik doğrulama türü burada bir değer gerektirir; yeni bir adres için yeniden girilmelidir.");
    else if (!is_header_value(kept))
        errors.add(std::string(path), "Only printable ASCII, at most 1024 characters.",
                   "Yalnızca yazdırılabilir ASCII, en fazla 1024 karakter.");
}

void check_header_name(std::string_view name, const std::string& path, FieldErrors& errors) {
    if (!is_header_name(name) || is_reserved_header(name))
        errors.add(path, "This is no header name, or one that the platform sets itself.",
                   "Geçerli bir başlık adı değil ya da platformun kendi koyduğu bir başlık.");
}

void apply_authentication(const WebhookWish& wish, WebhookSecrets& secrets, FieldErrors& errors) {
    switch (wish.authentication_type) {
        case AuthenticationType::none:
            return;
        case AuthenticationType::basic:
            take_required(wish.user_name, "userName", secrets.user_name, errors);
            take_required(wish.password, "password", secrets.password, errors);
            if (secrets.user_name.find(':') != std::string::npos)  // RFC 7617, section 2
                errors.add("userName", "A colon is not allowed.", "İki nokta kullanılamaz.");
            return;
        case AuthenticationType::bearer:
            return take_required(wish.token, "token", secrets.token, errors);
        case AuthenticationType::api_key:
            take_required(wish.header_name, "headerName", secrets.header_name, errors);
            take_required(wish.header_value, "headerValue", secrets.header_value, errors);
            if (!secrets.header_name.empty()) check_header_name(secrets.header_name, "headerName", errors);
            return;
        case AuthenticationType::o_auth_2_client_credentials:
            take_required(wish.token_url, "tokenUrl", secrets.token_url, errors);
            take_required(wish.client_id, "clientId", secrets.client_id, errors);
            take_required(wish.client_secret, "clientSecret", secrets.client_secret, errors);
            if (wish.scope) secrets.scope = *wish.scope;
            if (!secrets.scope.empty() && !is_header_value(secrets.scope))
                errors.add("scope", "Only printable ASCII.", "Yalnızca yazdırılabilir ASCII.");
            return;
    }
}

void apply_custom_headers(const WebhookWish& wish, WebhookSecrets& secrets, FieldErrors& errors) {
    if (!wish.custom_headers) return;
    if (wish.custom_headers->size() > core::webhook::custom_header_count_max)
        errors.add("customHeaders", "At most 20 headers.", "En fazla 20 başlık.");
    for (const auto& [name, value] : *wish.custom_headers) {
        const std::string path = "customHeaders." + name;
        check_header_name(name, path, errors);
        if (name.size() == 13 && std::ranges::equal(name, std::string_view("authorization"), {}, [](char c) {
                return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
            }))
            errors.add(path, "Use authenticationType for this header.", "Bu başlık için authenticationType kullanın.");
        if (!is_header_value(value))
            errors.add(path, "Only printable ASCII, at most 1024 characters.",
                       "Yalnızca yazdırılabilir ASCII, en fazla 1024 karakter.");
    }
    secrets.custom_headers = *wish.custom_headers;
}

void forget_credentials(WebhookSecrets& secrets) {
    for (std::string* text :
         {&secrets.user_name, &secrets.password, &secrets.token, &secrets.header_name, &secrets.header_value,
          &secrets.token_url, &secrets.client_id, &secrets.client_secret, &secrets.scope})
        text->clear();
}

/// Scheme, host and port as they were written, in small letters: another spelling asks for the secrets again.
std::string origin_of(std::string_view url) {
    const std::size_t scheme_end = url.find("://");
    const std::size_t begin = scheme_end == std::string_view::npos ? 0 : scheme_end + 3;
    std::string origin(url.substr(0, url.find_first_of("/?#\\", begin)));
    for (char& c : origin)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return origin;
}

/// What cannot be read back must not leave for another host either: whoever sends it there has to know it. The client
/// secret is needed for both addresses, because the token it buys goes to the receiver.
void withhold_from_new_address(const WebhookWish& wish, const core::webhook::Webhook& stored, WebhookSecrets& secrets,
                               FieldErrors& errors) {
    const bool is_new_receiver = origin_of(stored.url) != origin_of(wish.url);
    const bool is_new_token_host = wish.token_url && !wish.token_url->empty() && !secrets.token_url.empty() &&
                                   origin_of(secrets.token_url) != origin_of(*wish.token_url);
    if (is_new_receiver || is_new_token_host) secrets.client_secret.clear();
    if (!is_new_receiver) return;
    for (std::string* text : {&secrets.password, &secrets.token, &secrets.header_value}) text->clear();
    if (!wish.custom_headers && !secrets.custom_headers.empty())
        errors.add("customHeaders", "A new address needs the headers again; {} takes them away.",
                   "Yeni bir adres için başlıklar yeniden girilmelidir; {} onları kaldırır.");
}

}  // namespace

Result<void> apply_wish(const WebhookWish& wish, Instant now, core::webhook::Webhook& webhook,
                        WebhookSecrets& secrets) {
    FieldErrors errors;
    webhook.event_names = checked_event_names(wish.event_names, errors);
    // Credentials of another kind are not kept: who leaves Basic takes the password out of the server.
    if (webhook.authentication_type != wish.authentication_type) forget_credentials(secrets);
    withhold_from_new_address(wish, webhook, secrets, errors);
    apply_authentication(wish, secrets, errors);
    apply_custom_headers(wish, secrets, errors);
    if (!errors.empty()) return std::move(errors).as_error();
    if (webhook.url != wish.url) webhook.failing_since.reset();  // another receiver
    webhook.url = wish.url;
    webhook.authentication_type = wish.authentication_type;
    webhook.timeout_seconds = wish.timeout_seconds;
    webhook.max_retry_count = wish.max_retry_count;
    core::webhook::switch_by_hand(webhook, wish.is_active, now);
    return {};
}

}  // namespace takas::app::webhooks
