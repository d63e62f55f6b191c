// Stored cards of a merchant's customers. An owner has ids on up to three levels; what is stored with three is found
// with the same three only. Cards of a partner's pool are under the partner's keys. A card is named by its UniqueCode,
// which counts for its owner alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/context/context.hpp"
#include "app/vault/content.hpp"
#include "app/vault/credentials.hpp"

namespace takas::app::vault {

using core::vault::VaultCard;

inline constexpr std::int64_t cards_per_owner_max = 1'000;

struct OwnerWish {
    bool partner_based = false;
    std::string partner_identity;
    std::string relational_id1, relational_id2, relational_id3;  ///< absent is ""
};

/// Whose keys and settings count, and which owner it is under them. What was put into the pool (PartnerBased) stands
/// under another MAC than what the holder keeps for itself: a partner reaches nothing else, whatever the row says.
struct Pool {
    MerchantPtr holder;
    KeysPtr keys;
    bool is_shared = false;  ///< asked for as a pool
    Blob owner_mac;          ///< what is stored is stored under
    Blob shared_mac{};       ///< of the holder that did not ask for its pool: it finds what is in there as well
};
/// Errors: vault_partner_not_found, validation of an owner's id that no header could carry, those of the store.
Result<Pool> pool_of(Context& context, const Caller& caller, const OwnerWish& owner);
/// The pool without an owner: for the blacklist.
Result<Pool> pool_of(Context& context, const Caller& caller, bool partner_based, std::string_view partner_identity);

struct StoredCard {
    VaultCard row;
    CardContent content;
    std::string unique_code;
};

/// A merchant that keeps equal cards once gets the card that is there, with the newer details. Fills context.unit.
/// Errors: those of the checks, vault_card_expired, validation when the owner has too many.
Result<StoredCard> store_card(Context& context, const Caller& caller, const OwnerWish& owner, CardScope scope,
                              CardContent content);
/// From a browser's card; consumes it. Errors: vault_temp_card_not_found besides.
Result<StoredCard> store_temp_card(Context& context, const Caller& caller, const OwnerWish& owner,
                                   std::string_view card_token, const std::string& nickname);
/// The same by the hash of the token.
Result<StoredCard> store_temp_card_by_hash(Context& context, const Caller& caller, const OwnerWish& owner,
                                           const Blob& token_hash, const std::string& nickname);
/// Oldest first; empty when the owner has none. A row that does not open is left out, which the audit tells.
Result<std::vector<StoredCard>> list_cards(Context& context, const Caller& caller, const OwnerWish& owner,
                                           CardScope scope);

struct CardChange {
    std::optional<std::string> nickname;
    int year = 0, month = 0;
};
/// Errors: vault_unique_code_invalid, vault_unique_code_old, vault_card_not_found, those of the checks.
Result<void> change_card(Context& context, const Caller& caller, const OwnerWish& owner, CardScope scope,
                         std::string_view unique_code, const CardChange& change);
Result<void> delete_card(Context& context, const Caller& caller, const OwnerWish& owner, CardScope scope,
                         std::string_view unique_code);

/// Opened. `scope` nothing: of either kind. Takes the call's turn at the card; a refusal is audited.
Result<StoredCard> find_card(Context& context, const Pool& pool, std::optional<CardScope> scope,
                             std::string_view unique_code);
/// Nothing: the owner has none with this id (any more).
Result<std::optional<StoredCard>> find_card_by_id(Context& context, const Pool& pool, EntityId card_id);
/// The rows of the owner, sealed, oldest first.
Result<std::vector<VaultCard>> rows_of(const Context& context, const Pool& pool);
/// In the unit: the row as it is in `card`, sealed anew, if nobody changed it meanwhile.
Result<void> rewrite(Context& context, const Pool& pool, StoredCard& card);

}  // namespace takas::app::vault
