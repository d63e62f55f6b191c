// Erasing a person: everything that a merchant keeps for one owner goes, in one commit.
#pragma once

#include "app/vault/cards.hpp"

namespace takas::app::vault {

/// Fills context.unit; of both kinds of cards. How many there were. Errors: vault_merchant_not_found (also erased).
Result<std::int64_t> erase_owner(Context& context, EntityId merchant_id, const OwnerWish& owner);

}  // namespace takas::app::vault
