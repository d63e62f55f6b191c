#include "api/fields/endpoints.hpp"

#include <array>
#include <utility>

#include "api/fields/assets.hpp"
#include "api/fields/frame_page.hpp"
#include "api/framework/error_answer.hpp"
#include "app/vault/vault.hpp"
#include "base/log.hpp"

namespace takas::api {
namespace {

constexpr std::string_view for_ever = "public, max-age=31536000, immutable";
constexpr std::string_view script_type = "text/javascript; charset=utf-8";

/// Other origins may load it, and compare it with the hash they name: that needs CORS.
net::HttpResponse show_script(const Operations&, const net::HttpRequest&) {
    return {.status = 200,
            .content_type = std::string(script_type),
            .body = std::string(fields::merchant_script()),
            .headers = {{"Cache-Control", std::string(for_ever)},
                        {"Access-Control-Allow-Origin", "*"},
                        {"Cross-Origin-Resource-Policy", "cross-origin"}}};
}

net::HttpResponse show_integrity(const Operations&, const net::HttpRequest&) {
    return {.status = 200,
            .body = R"({"version":"1","script":"/paywall/fields/v1/takas-fields.js","integrity":")" +
                    fields::merchant_script_integrity() +
                    R"(","crossorigin":"anonymous","frameFiles":"/paywall/fields/v1/)" + fields::frame_release() +
                    R"("})",
            .headers = {{"Cache-Control", "no-cache"}, {"Access-Control-Allow-Origin", "*"}}};
}

/// The last two segments of the path: release and file.
net::HttpResponse show_frame_file(const net::HttpRequest& request, std::string_view content_type) {
    std::string_view path = request.path;
    const std::string_view name = path.substr(path.rfind('/') + 1);
    path.remove_suffix(name.size() + 1);
    const auto file = fields::frame_file(name);
    if (!file || path.substr(path.rfind('/') + 1) != fields::frame_release())
        return error_answer({ErrorCode::not_found, {}}, language_of(request.header("accept-language")));
    return {.status = 200,
            .content_type = std::string(content_type),
            .body = std::string(*file),
            .headers = {{"Cache-Control", std::string(for_ever)}, {"Cross-Origin-Resource-Policy", "same-origin"}}};
}

net::HttpResponse show_frame_style(const Operations&, const net::HttpRequest& request) {
    return show_frame_file(request, "text/css; charset=utf-8");
}
net::HttpResponse show_frame_script(const Operations&, const net::HttpRequest& request) {
    return show_frame_file(request, script_type);
}

/// The value of "merchant" in a query; "" when it is not there once and first.
std::string_view merchant_of(std::string_view query) {
    constexpr std::string_view name = "merchant=";
    constexpr std::size_t uuid_characters = 36;
    if (!query.starts_with(name) || query.size() != name.size() + uuid_characters) return {};
    return query.substr(name.size());
}

/// "?merchant=<uuid>". An unknown or suspended merchant's page is like any other, and can be embedded nowhere.
net::HttpResponse show_frame(app::Services& services, const net::HttpRequest& request) {
    const std::string_view uuid = merchant_of(request.query);
    if (uuid.empty() || !services.vault) return fields::frame_page({});
    const auto merchant = services.vault->directory.merchant_by_uuid(uuid);
    if (!merchant) {
        log::warning("fields_page_unavailable").add("detail", merchant.error().internal_detail);
        return {
            .status = 503, .content_type = "text/html; charset=utf-8", .body = "<!doctype html><title>Not now</title>"};
    }
    const bool is_active = *merchant && (*merchant)->state == core::vault::MerchantState::active;
    return fields::frame_page(is_active ? std::span(std::as_const((*merchant)->allowed_origins))
                                        : std::span<const std::string>{});
}

constexpr std::string_view tag = "VaultFields";

constexpr std::array rows{
    RawEndpoint{.method = Method::get,
                .path = "/paywall/fields/v1/takas-fields.js",
                .operation_id = "getFieldsScript",
                .tag = tag,
                .summary = "The script that a merchant's page includes",
                .content_type = "text/javascript",
                .run = &show_script},
    RawEndpoint{.method = Method::get,
                .path = "/paywall/fields/v1/integrity",
                .operation_id = "getFieldsIntegrity",
                .tag = tag,
                .summary = "The hash of that script, for the attribute integrity",
                .content_type = "application/json",
                .run = &show_integrity},
    RawEndpoint{.method = Method::get,
                .path = "/paywall/fields/v1/frame",
                .operation_id = "getFieldsFrame",
                .tag = tag,
                .summary = "The page with the card form, for the origins of the merchant in ?merchant=",
                .content_type = "text/html",
                .may_be_unavailable = true,
                .run_on_worker = &show_frame},
    RawEndpoint{.method = Method::get,
                .path = "/paywall/fields/v1/{release}/frame.css",
                .operation_id = "getFieldsStyle",
                .tag = tag,
                .summary = "The form's style sheet",
                .content_type = "text/css",
                .run = &show_frame_style},
    RawEndpoint{.method = Method::get,
                .path = "/paywall/fields/v1/{release}/{script}",
                .operation_id = "getFieldsModule",
                .tag = tag,
                .summary = "A script of the form",
                .content_type = "text/javascript",
                .run = &show_frame_script},
};

}  // namespace

std::span<const RawEndpoint> fields_endpoints() { return rows; }

}  // namespace takas::api
