#include "api/fields/frame_page.hpp"

#include "api/fields/assets.hpp"
#include "app/vault/merchants.hpp"

namespace takas::api::fields {
namespace {

void replace(std::string& text, std::string_view gap, std::string_view with) {
    for (auto at = text.find(gap); at != std::string::npos; at = text.find(gap, at + with.size()))
        text.replace(at, gap.size(), with);
}

}  // namespace

net::HttpResponse frame_page(std::span<const std::string> origins) {
    std::string parents;
    for (const std::string& origin : origins)
        if (app::vault::is_origin(origin)) parents.append(parents.empty() ? "" : " ").append(origin);
    std::string page(frame_template());
    replace(page, "{{assets}}", "/paywall/fields/v1/" + frame_release());
    replace(page, "{{parents}}", parents);
    return {
        .status = 200,
        .content_type = "text/html; charset=utf-8",
        .body = std::move(page),
        .headers = {{"Content-Security-Policy",
                     "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
                     "form-action 'none'; require-trusted-types-for 'script'; frame-ancestors " +
                         (parents.empty() ? "'none'" : parents)},
                    {"Referrer-Policy", "no-referrer"},
                    {"Cache-Control", "no-store"},
                    // A merchant's page may isolate itself from other origins: this one may still be in it.
                    {"Cross-Origin-Resource-Policy", "cross-origin"},
                    {"Cross-Origin-Embedder-Policy", "require-corp"}}};
}

}  // namespace takas::api::fields
