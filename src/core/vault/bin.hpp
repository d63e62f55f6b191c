// A row of the vault's BIN table: what the first six to eight digits of a card number say about it. Ids are those of
// the published contract (card-vault-api section 9), not the card schemes' own.
#pragma once

#include <optional>
#include <string>

#include "base/describe.hpp"

namespace takas::core::vault {

struct VaultBin {
    std::string bin;  ///< 6 to 8 digits
    std::int32_t card_bank_id = 0;
    std::string card_bank;
    std::int32_t card_brand_id = 0;
    std::string card_brand;
    std::optional<std::int32_t> card_family_id;
    std::optional<std::string> card_family;
    std::int32_t card_kind_id = 0;
    std::string card_kind;
    std::int32_t card_type_id = 0;
    std::string card_type;
};

}  // namespace takas::core::vault

namespace takas {

template <>
struct Describe<core::vault::VaultBin> {
    using T = core::vault::VaultBin;
    static constexpr std::string_view name = "VaultBin";
    static constexpr auto& fields =
        columns<&T::bin, &T::card_bank_id, &T::card_bank, &T::card_brand_id, &T::card_brand, &T::card_family_id,
                &T::card_family, &T::card_kind_id, &T::card_kind, &T::card_type_id, &T::card_type>;
};

}  // namespace takas
