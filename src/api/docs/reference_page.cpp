#include "api/docs/reference_page.hpp"

#include "base/bytes.hpp"
#include "base/encoding.hpp"
#include "crypto/digest.hpp"

namespace takas::api::docs {
namespace {

constexpr unsigned char viewer[] = {
#embed TAKAS_VIEWER_FILE
};

// The viewer starts itself from the element below: no inline script is needed, and none is allowed.
constexpr std::string_view page = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Takas API reference</title>
<style>body { margin: 0; }</style>
</head>
<body>
<redoc spec-url="/openapi.json" disable-search="false" hide-loading="true"></redoc>
<script src="/docs/viewer.js"></script>
</body>
</html>
)";

// The viewer writes its styles into the page and searches in a worker made from a blob.
constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
    "worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const std::string& viewer_tag() {
    static const std::string tag = '"' + hex_encode(crypto::sha256(viewer)).substr(0, 16) + '"';
    return tag;
}

}  // namespace

net::HttpResponse reference_page() {
    return {.status = 200,
            .content_type = "text/html; charset=utf-8",
            .body = std::string(page),
            .headers = {{"Content-Security-Policy", std::string(policy)}, {"Referrer-Policy", "no-referrer"}}};
}

net::HttpResponse viewer_script(std::string_view if_none_match) {
    net::HttpResponse response{.status = 200,
                               .content_type = "text/javascript; charset=utf-8",
                               .body = {},
                               .headers = {{"Cache-Control", "public, max-age=3600"}, {"ETag", viewer_tag()}}};
    if (if_none_match == viewer_tag()) {
        response.status = 304;
    } else {
        response.body = text_of(viewer);
    }
    return response;
}

}  // namespace takas::api::docs
