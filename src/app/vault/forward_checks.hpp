// What of an order to send a card on can be refused before the card is touched: where to, with which headers, as what.
// Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/vault/template.hpp"
#include "base/error.hpp"

namespace takas::app::vault {

using ForwardHeaders = std::vector<std::pair<std::string, std::string>>;

/// The host, in small letters: https, a DNS name among `hosts`, port 443 or one from 1024 on, no user, no fragment, no
/// placeholder, nothing that RFC 3986 does not allow. Error: vault_host_refused.
Result<std::string> check_forward_url(std::string_view url, std::span<const std::string> hosts);

/// Names are tokens (RFC 9110, 5.6.2) and none of those that the sender writes itself; values have no control
/// characters and no placeholder. An encoded answer could not be searched for the card: Accept-Encoding is the
/// sender's. Error: validation on Headers.
Result<void> check_forward_headers(const ForwardHeaders& headers);

struct ForwardType {
    BodyForm form{};
    std::string_view content_type;  ///< as it is sent
};
/// application/json or application/x-www-form-urlencoded, in either case, also with charset=utf-8. Error: validation on
/// ContentType.
Result<ForwardType> check_forward_type(std::string_view content_type);

}  // namespace takas::app::vault
