// The page inside the iframe, for one merchant: it may be embedded by that merchant's origins alone, loads nothing but
// this server's files and talks to nobody but this server.
#pragma once

#include <span>
#include <string>

#include "net/http_message.hpp"

namespace takas::api::fields {

/// Without origins the page can be embedded nowhere. What is no origin (app/vault/merchants.hpp) is left out.
net::HttpResponse frame_page(std::span<const std::string> origins);

}  // namespace takas::api::fields
