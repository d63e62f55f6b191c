// The signatures that a webhook may carry: Standard Webhooks v1 and v1a (standardwebhooks.com) and the contract's own
// (4.8). All cover the time, so that an old request cannot be played again unnoticed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/signature.hpp"

namespace takas::app::webhooks {

/// "v1,<base64>" over "id.timestamp.body". The key is what follows "whsec_", base64-decoded: 24 to 64 octets; nothing
/// when `secret` is not of that form.
std::optional<std::string> standard_signature(std::string_view secret, std::string_view id, std::string_view timestamp,
                                              std::string_view body);

/// "v1a,<base64>" over the same text, signed with Ed25519: for receivers that hold only the public key.
std::string standard_signature(const crypto::SigningKey& key, std::string_view id, std::string_view timestamp,
                               std::string_view body);
/// The public half as receivers are given it: "whpk_<base64>".
std::string standard_public_key(const crypto::SigningKey& key);

/// "sha256=<hex>" over "timestamp.body". The key is the text of the secret as it was given out, "whsec_" included.
std::string contract_signature(std::string_view secret, std::string_view timestamp, std::string_view body);

}  // namespace takas::app::webhooks
