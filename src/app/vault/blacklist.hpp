// Cards that a merchant (or a partner's pool) wants no more: found by their keyed fingerprint, kept without their
// number. A card on the list may be stored and listed, but is neither resolved nor sent on.
#pragma once

#include "app/vault/cards.hpp"

namespace takas::app::vault {

using core::vault::VaultBlacklistEntry;

/// The card itself, or the code of a stored one.
struct BlacklistSubject {
    OwnerWish owner;  ///< the ids count with a code only
    std::string card_number;
    bool is_saved_card = false;
    std::string unique_code;
};

/// Errors: vault_card_detail_invalid (not exactly one source), those of the card; vault_already_blacklisted.
Result<VaultBlacklistEntry> add_to_blacklist(Context& context, const Caller& caller, const BlacklistSubject& subject);
/// Error: vault_not_blacklisted.
Result<void> remove_from_blacklist(Context& context, const Caller& caller, const BlacklistSubject& subject);
/// Nothing: not listed.
Result<std::optional<VaultBlacklistEntry>> find_in_blacklist(Context& context, const Caller& caller,
                                                             const BlacklistSubject& subject);

/// For uses of a card. Error: vault_card_unavailable.
Result<void> expect_not_blacklisted(Context& context, const Pool& pool, const CardContent& content);

}  // namespace takas::app::vault
