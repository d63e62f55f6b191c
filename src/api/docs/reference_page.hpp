// The page at /docs: the packaged viewer (Redoc, tools/npm) over /openapi.json. Embedded, so that it works offline, and
// fenced by a content security policy, so that it can talk to nobody but this server.
#pragma once

#include <string_view>

#include "net/http_message.hpp"

namespace takas::api::docs {

net::HttpResponse reference_page();

/// The viewer's script; 304 when `if_none_match` names the embedded version.
net::HttpResponse viewer_script(std::string_view if_none_match);

}  // namespace takas::api::docs
