// What a caller may be allowed to do: one row per permission, and the spelling that roles, tokens and the reference
// use. Knows neither users nor endpoints.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace takas::api {

enum class Permission : std::uint8_t {
    open,      ///< no token: the token endpoint, health and documentation
    any_user,  ///< any valid token
    customer_read,
    customer_write,
    product_read,
    product_write,
    card_read,
    card_write,
    account_read,
    account_write,
    transaction_read,
    transaction_test,
    webhook_read,
    webhook_write,
    system,  ///< the platform operator: tenants, users, BINs, exchange rates
};

inline constexpr std::array<std::string_view, 15> permission_names{
    "none",         "authenticated", "customer.read", "customer.write", "product.read",     "product.write",
    "card.read",    "card.write",    "account.read",  "account.write",  "transaction.read", "transaction.test",
    "webhook.read", "webhook.write", "system",
};
static_assert(permission_names.size() == static_cast<std::size_t>(Permission::system) + 1);

/// Indexed by the enumerator.
using PermissionSet = std::bitset<permission_names.size()>;

constexpr std::string_view name_of(Permission p) { return permission_names[static_cast<std::size_t>(p)]; }

inline bool contains(const PermissionSet& set, Permission p) { return set.test(static_cast<std::size_t>(p)); }

/// Nothing for an unknown name, and for "none" and "authenticated": nobody needs to be given these.
std::optional<Permission> permission_from_name(std::string_view name);

/// The permissions of a role. "*" is every permission inside a tenant, which is all but `system`; unknown names give
/// nothing.
PermissionSet permissions_from_names(std::span<const std::string> names);

}  // namespace takas::api
