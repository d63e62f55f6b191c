// The vault's part of the key inventory: each merchant's keys, what they are wrapped under and how old they are, and
// which of them would be lost with a key-encryption key.
#pragma once

#include <string>

#include "app/ports/store.hpp"
#include "base/time.hpp"

namespace takas::app::vault {

/// Keys that open only with this key-encryption key of the HSM.
Result<std::int64_t> count_keys_under(ports::Store& store, EntityId kek_id);

/// Markdown, of the institution's merchants; of all, and the installation's own keys, for the platform. "" when there
/// are none. Holds no key.
Result<std::string> key_inventory_markdown(ports::Store& store, TenantId tenant_id, Instant now);

}  // namespace takas::app::vault
