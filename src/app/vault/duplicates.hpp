// Merchants that keep equal cards once: a card's keyed fingerprint leads to a random id, which is all that is shown of
// it, and to the row that the same owner already has.
#pragma once

#include <optional>

#include "app/vault/cards.hpp"

namespace takas::app::vault {

/// Gives `card` its fingerprint id and duplicate key (in the unit, when the number is new to the merchant); the owner's
/// row of the same card, when there is one.
Result<std::optional<VaultCard>> find_duplicate(Context& context, const Pool& pool, StoredCard& card);

/// What stands for a card in fingerprints and on the blacklist: HMAC under the merchant's look-up key.
Blob card_mac_of(const Pool& pool, const CardContent& content);

}  // namespace takas::app::vault
