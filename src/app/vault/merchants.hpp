// The vault's merchants, as the operator tends them. Making one makes its keys; erasing one destroys them, in the same
// commit: from then on nothing that it stored can be read, whoever has a copy of the database.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/context/context.hpp"
#include "app/vault/vault.hpp"

namespace takas::app::vault {

/// What an operator may say of a merchant; nothing: as it is.
struct MerchantWish {
    std::optional<std::string> name;
    std::optional<bool> is_suspended;
    std::optional<std::string> partner_identity;  ///< merchant_uuid of another; "": none
    std::optional<std::vector<std::string>> allowed_origins, allowed_addresses, forward_hosts;
    std::optional<bool> deduplicates;
    std::optional<std::int32_t> unique_code_period_h, temp_cards_per_token, card_retention_days;
};

/// Errors: tenant_not_found, vault_partner_not_found, validation; the commit may find vault_merchant_exists.
Result<VaultMerchant> create_merchant(Context& context, TenantId tenant_id, const std::string& code,
                                      const MerchantWish& wish);
Result<VaultMerchant> update_merchant(Context& context, EntityId id, const MerchantWish& wish);
Result<VaultMerchant> find_merchant(ports::Store& store, EntityId id);
/// As find_merchant; what is done from here on stands in the audit log of the merchant's institution. Error:
/// vault_merchant_not_found also of one that was erased.
Result<VaultMerchant> tended_merchant(Context& context, EntityId id);
/// Its cards' rows go with the next run of the job.
Result<void> erase_merchant(Context& context, EntityId id);

/// "https://shop.example" or "https://shop.example:8443", lower case, no path; http for loopback hosts.
bool is_origin(std::string_view text);
/// A DNS name of at least two labels, lower case; no address, no wildcard.
bool is_dns_name(std::string_view text);

}  // namespace takas::app::vault
