// Who really asks, when a proxy stands between: RFC 7239 section 7.4 and what X-Forwarded-For has come to mean. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "net/http_message.hpp"

namespace takas::net {

/// The address a request comes from. `peer` is who is connected; as long as that is one of `trusted` (addresses and
/// ranges) the next one to the left in X-Forwarded-For stands behind it. Whoever is not trusted may have written what
/// stands left of it: it is not read. What is no address ends the search at the proxy that passed it on.
std::string client_address(std::string_view peer, std::span<const Header> headers,
                           std::span<const std::string> trusted);

}  // namespace takas::net
