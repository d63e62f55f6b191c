#include "api/vault/paywall.hpp"

#include <algorithm>

#include "api/framework/error_answer.hpp"
#include "api/framework/header_parameters.hpp"
#include "api/vault/codes.hpp"
#include "app/vault/merchants.hpp"
#include "app/vault/temp_cards.hpp"
#include "base/address_ranges.hpp"

namespace takas::api::vault {

using app::vault::CredentialKind;

namespace {

std::string sentence_of(const Error& error, app::Language language) {
    const bool is_english = language == app::Language::english;
    const ErrorRow& row = error_row(error.code);
    std::string text(is_english ? row.english : row.turkish);
    for (const FieldError& one : error.fields) text += ' ' + one.path + ": " + (is_english ? one.english : one.turkish);
    return text;
}

/// A body whose first refused field has a number of its own is refused with that.
ErrorCode meant_by(const Error& error) {
    if (error.code != ErrorCode::validation || error.fields.empty()) return error.code;
    return code_of_field(error.fields.front().path);
}

template <class Refusal>
net::HttpResponse refusal(const Error& error, app::Language language, int (*number_of)(ErrorCode)) {
    const ErrorCode code = meant_by(error);
    Refusal body;
    body.error_code = number_of(code);
    body.message = sentence_of({code, {}, error.fields, {}}, language);
    if constexpr (requires { body.error_message; }) body.error_message = body.message;
    net::HttpResponse response;
    response.status = paywall_status(code);
    response.body = protocol::json::encode(body);
    if (response.status == 429 || response.status == 503)
        response.headers.emplace_back("Retry-After", std::string(retry_after_s));
    return response;
}

/// The header `locale` wins over the browser's wishes: tr, en, 1, 2.
app::Language paywall_language(const net::HttpRequest& request) {
    const std::string_view locale = request.header("locale");
    if (locale == "2" || net::equals_ignoring_case(locale.substr(0, 2), "en")) return app::Language::english;
    if (locale == "1" || net::equals_ignoring_case(locale.substr(0, 2), "tr")) return app::Language::turkish;
    return language_of(request.header("accept-language"));
}

Principal principal_of(Caller caller) {
    Principal principal;
    principal.tenant_id = caller.merchant->tenant_id;
    principal.user_id = caller.merchant->merchant_uuid;
    principal.user_name = caller.key_id;
    principal.key_space = "vault/" + std::to_string(caller.merchant->id.value) + '/';
    principal.details = std::make_shared<const Caller>(std::move(caller));
    return principal;
}

template <CredentialKind Kind>
Result<Principal> admit(app::Services& services, const net::HttpRequest& request, std::uint8_t scope) {
    constexpr bool is_public = Kind == CredentialKind::public_pair;
    constexpr std::string_view key = is_public ? "apikeypublic" : "apikeyprivate",
                               client = is_public ? "apiclientpublic" : "apiclientprivate";
    if (is_repeated(request, key) || is_repeated(request, client))
        return fail(ErrorCode::vault_credential_refused, "a credential header comes twice");
    auto caller = app::vault::authenticate(services, Kind, static_cast<CredentialScope>(scope), request.header(key),
                                           request.header(client), request.remote_address);
    if (!caller) return std::unexpected(std::move(caller.error()));
    const auto& allowed = caller->merchant->allowed_addresses;
    if (!allowed.empty() && !is_in_ranges(request.remote_address, allowed))
        return fail(ErrorCode::vault_address_refused, request.remote_address);
    return principal_of(std::move(*caller));
}

/// A page of this server itself: the card fields in their frame.
bool is_own_origin(const net::HttpRequest& request, std::string_view origin) {
    const auto end = origin.find("://");
    return end != std::string_view::npos && net::equals_ignoring_case(origin.substr(end + 3), request.header("host"));
}

Result<Principal> admit_browser(app::Services& services, const net::HttpRequest& request, std::uint8_t) {
    if (is_repeated(request, "token")) return fail(ErrorCode::vault_temp_token_invalid, "it comes twice");
    auto caller = app::vault::caller_of_token(services, request.header("token"));
    if (!caller) return std::unexpected(std::move(caller.error()));
    const std::string_view origin = request.header("origin");
    const auto& allowed = caller->merchant->allowed_origins;
    const bool may =
        origin.empty() || is_own_origin(request, origin) || std::ranges::find(allowed, origin) != allowed.end();
    if (!may) return fail(ErrorCode::vault_origin_refused, std::string(origin));
    return principal_of(std::move(*caller));
}

bool is_known_origin(app::Services& services, const net::HttpRequest& request, std::string_view origin) {
    if (origin.empty() || origin.size() > 300 || !app::vault::is_origin(origin)) return false;
    if (is_own_origin(request, origin)) return true;
    const auto known = services.vault->directory.is_origin_of_any(origin);
    return known && *known;
}

/// So that a page can read the answer, also a refusal. Which merchant's origin it is, the call itself has asked.
void allow_origin(app::Services& services, const net::HttpRequest& request, net::HttpResponse& response) {
    response.headers.emplace_back("Vary", "Origin");
    const std::string_view origin = request.header("origin");
    if (is_known_origin(services, request, origin))
        response.headers.emplace_back("Access-Control-Allow-Origin", std::string(origin));
}

net::HttpResponse answer_preflight(app::Services& services, const net::HttpRequest& request) {
    constexpr std::string_view kept_s = "600";
    net::HttpResponse response;
    response.status = 204;
    allow_origin(services, request, response);
    if (response.headers.size() < 2) return response;  // without the header the browser stops here
    response.headers.emplace_back("Access-Control-Allow-Methods", "POST");
    response.headers.emplace_back("Access-Control-Allow-Headers", "content-type, token, locale, accept-language");
    response.headers.emplace_back("Access-Control-Max-Age", std::string(kept_s));
    return response;
}

constexpr std::string_view public_security = R"([{"vaultKeyPublic":[],"vaultClientPublic":[]}])";
constexpr std::string_view private_security = R"([{"vaultKeyPrivate":[],"vaultClientPrivate":[]}])";
constexpr std::string_view token_security = R"([{"vaultTempToken":[]}])";

using enum ErrorCode;
constexpr std::array pair_errors{vault_credential_refused, vault_address_refused, forbidden, too_many_requests};
constexpr std::array token_errors{vault_temp_token_invalid, vault_origin_refused};

constexpr Dialect public_door(CredentialScope scope, std::string_view opens) {
    return {.admit = &admit<CredentialKind::public_pair>,
            .scope = static_cast<std::uint8_t>(scope),
            .language = &paywall_language,
            .status_of = &paywall_status,
            .number_of = &payment_number,
            .errors = pair_errors,
            .security = public_security,
            .opens = opens};
}
constexpr Dialect private_door(CredentialScope scope, std::string_view opens) {
    Dialect door = public_door(scope, opens);
    door.admit = &admit<CredentialKind::private_pair>;
    door.number_of = &wall_number;
    door.security = private_security;
    return door;
}
constexpr Dialect browser_door() {
    Dialect door = public_door(CredentialScope::temp_token, "TempToken");
    door.admit = &admit_browser;
    door.errors = token_errors;
    door.add_headers = &allow_origin;
    door.preflight = &answer_preflight;
    door.security = token_security;
    return door;
}

}  // namespace

constexpr Dialect temp_token_door = public_door(CredentialScope::temp_token, "vault: TempToken");
constexpr Dialect temp_card_door = browser_door();
constexpr Dialect bin_door = public_door(CredentialScope::bin, "vault: Bin");
constexpr Dialect cards_door = private_door(CredentialScope::cards, "vault: Cards");
constexpr Dialect blacklist_door = private_door(CredentialScope::blacklist, "vault: Blacklist");
constexpr Dialect resolve_door = private_door(CredentialScope::resolve, "vault: Resolve");
constexpr Dialect forward_door = private_door(CredentialScope::forward, "vault: Forward");

net::HttpResponse refuse_payment(const Error& error, app::Language language) {
    return refusal<PaymentRefusal>(error, language, &payment_number);
}
net::HttpResponse refuse_wall(const Error& error, app::Language language) {
    return refusal<WallRefusal>(error, language, &wall_number);
}

const Caller& caller_of(const Call& call) { return *static_cast<const Caller*>(call.principal.details.get()); }

std::string expiry_text(Instant instant) {
    constexpr std::int64_t offset_s = 3 * 3'600;
    std::string text = to_text(Instant::from_seconds(instant.plus_seconds(offset_s).seconds()));
    text.pop_back();  // Z
    std::string fraction = std::to_string(instant.value % 1'000'000);
    fraction.insert(0, 6 - fraction.size(), '0');
    return text + '.' + fraction + "0+03:00";
}

}  // namespace takas::api::vault
