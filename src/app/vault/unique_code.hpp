// Handles of stored cards: stateless to check, bound to merchant and owner, dead after two epochs. The merchant stores
// none of them (core/vault/unique_code.hpp has their form).
#pragma once

#include <string>
#include <string_view>

#include "app/vault/keys.hpp"

namespace takas::app::vault {

/// Whose card it is: octets of the owner's MAC, under the keys of the merchant or of its partner.
struct CodeOwner {
    const MerchantKeys& keys;
    std::string_view owner_mac;
    std::int32_t period_h = 24;
};

/// 56 characters of Base64. Error: internal.
Result<std::string> unique_code_of(EntityId card_id, const CodeOwner& owner, Instant now);

/// Errors: vault_unique_code_invalid for another merchant's, another owner's and what is none; vault_unique_code_old
/// for one of an epoch that is over.
Result<EntityId> card_of_code(std::string_view code, const CodeOwner& owner, Instant now);

}  // namespace takas::app::vault
