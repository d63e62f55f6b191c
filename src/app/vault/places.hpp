// Where each kind of row belongs: what its ciphertext is bound to, wherever it is sealed, opened or proved.
#pragma once

#include "app/vault/content.hpp"

namespace takas::app::vault {

inline Place place_of(const core::vault::VaultCard& card) {
    return {"vault_card", card.id, card.merchant_id, card.owner_mac.bytes, card.scope};
}

/// It has no owner: what names it is its token.
inline Place place_of(const core::vault::VaultTempCard& card) {
    return {"vault_temp_card", card.id, card.merchant_id, {}, card.scope};
}

}  // namespace takas::app::vault
