// The two signatures that a webhook carries: Standard Webhooks v1 (standardwebhooks.com) and the contract's own (4.8).
// Both are HMAC-SHA-256 and cover the time, so that an old request cannot be played again unnoticed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace takas::notify {

/// "v1,<base64>" over "id.timestamp.body". The key is what follows "whsec_", base64-decoded: 24 to 64 octets; nothing
/// when `secret` is not of that form.
std::optional<std::string> standard_signature(std::string_view secret, std::string_view id, std::string_view timestamp,
                                              std::string_view body);

/// "sha256=<hex>" over "timestamp.body". The key is the text of the secret as it was given out, "whsec_" included.
std::string contract_signature(std::string_view secret, std::string_view timestamp, std::string_view body);

}  // namespace takas::notify
