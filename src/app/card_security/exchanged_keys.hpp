// The keys that an institution and the platform exchanged for the API: the PIN key (ZPK) and the data key (DEK). Named
// by their check value, so that what was enciphered under the key before the last exchange still opens.
#pragma once

#include <vector>

#include "app/keys/key_directory.hpp"

namespace takas::app::card_security {

/// How the key use cases label them.
inline constexpr std::string_view exchange_label = "exchange";

/// `key_check_value` "": the newest of the exchanged ones; of an institution that exchanged none, its own of that usage
/// (the test key set). Error: hsm_key_not_found.
Result<keys::KeyRef> exchanged_key(const keys::KeyDirectory& directory, TenantId tenant_id, core::key::KeyUsage usage,
                                   std::string_view key_check_value);

/// As above, and where no check value was given the exchanged key before the newest too: what was on its way while keys
/// were exchanged is under that one. Never empty.
Result<std::vector<keys::KeyRef>> exchanged_keys(const keys::KeyDirectory& directory, TenantId tenant_id,
                                                 core::key::KeyUsage usage, std::string_view key_check_value);

}  // namespace takas::app::card_security
