// Between the use cases and the contract's shapes of a stored card.
#pragma once

#include "api/framework/call.hpp"
#include "api/vault/card_dto.hpp"
#include "app/vault/cards.hpp"

namespace takas::api::vault {

enum class ShownIn : std::uint8_t { creation, list };

/// Masked as the contract masks it there. `with_details` adds the BIN table's row.
StoredCardDto dto_of(const Call& call, const app::vault::StoredCard& card, ShownIn where, bool with_details);

template <class Details>
void fill_details(Details& dto, const core::vault::VaultBin& bin) {
    dto.card_bank_id = bin.card_bank_id;
    dto.card_bank = bin.card_bank;
    dto.card_brand_id = bin.card_brand_id;
    dto.card_brand = bin.card_brand;
    dto.card_family_id = bin.card_family_id;
    dto.card_family = bin.card_family;
    dto.card_kind_id = bin.card_kind_id;
    dto.card_kind = bin.card_kind;
    dto.card_type_id = bin.card_type_id;
    dto.card_type = bin.card_type;
}

app::vault::OwnerWish owner_of(const OwnerFields& body);

}  // namespace takas::api::vault
