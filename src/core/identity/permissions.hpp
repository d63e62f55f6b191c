// What a caller may be allowed to do: one row per permission, and the roles every institution starts with. An endpoint
// names one permission; a role is a list of permission names; a user has roles. Knows no user, token or endpoint.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace takas::core::identity {

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
    card_pin,
    card_cvv2,
    card_detokenize,
    key_exchange,
    perso_read,
    perso_write,
    control_read,
    control_write,
    fee_read,
    fee_write,
    audit_read,
    system,  ///< the platform operator: tenants, users, BINs, exchange rates. Counts in the platform tenant only
};

struct PermissionRow {
    Permission permission;
    std::string_view name;  ///< in roles, tokens and the reference
    std::string_view meaning;
};

/// In enum order.
inline constexpr std::array<PermissionRow, 26> permission_rows{{
    {Permission::open, "none", "No token is needed."},
    {Permission::any_user, "authenticated", "Any valid token."},
    {Permission::customer_read, "customer.read", "See customers."},
    {Permission::customer_write, "customer.write", "Create and change customers."},
    {Permission::product_read, "product.read", "See BINs, ranges, products, groups and card art."},
    {Permission::product_write, "product.write", "Create and change ranges, products, groups and card art."},
    {Permission::card_read, "card.read", "See cards."},
    {Permission::card_write, "card.write", "Issue cards and change them."},
    {Permission::account_read, "account.read", "See accounts and their entries."},
    {Permission::account_write, "account.write", "Load and unload accounts."},
    {Permission::transaction_read, "transaction.read", "See card transactions."},
    {Permission::transaction_test, "transaction.test", "Make test transactions."},
    {Permission::webhook_read, "webhook.read", "See webhooks and their deliveries."},
    {Permission::webhook_write, "webhook.write", "Register and change webhooks, resend deliveries."},
    {Permission::card_pin, "card.pin", "Verify, set, change, unblock and send PINs."},
    {Permission::card_cvv2, "card.cvv2", "Verify and get CVV2, reset its counter."},
    {Permission::card_detokenize, "card.detokenize", "Get card numbers, encrypted under the exchanged data key."},
    {Permission::key_exchange, "key.exchange", "Exchange the keys that PINs, CVV2 and card numbers travel under."},
    {Permission::perso_read, "perso.read", "See personalisation orders and deliveries."},
    {Permission::perso_write, "perso.write", "Move personalisation orders and deliveries on."},
    {Permission::control_read, "control.read", "See authorization and velocity controls, their links and versions."},
    {Permission::control_write, "control.write", "Create and change controls, their links and versions."},
    {Permission::fee_read, "fee.read", "See fees and taxes, their links and versions."},
    {Permission::fee_write, "fee.write", "Create and change fees and taxes, their links and versions."},
    {Permission::audit_read, "audit.read", "See who changed cards, products and policies."},
    {Permission::system, "system", "Run the platform: tenants, users, BINs, exchange rates."},
}};
static_assert(permission_rows.size() == static_cast<std::size_t>(Permission::system) + 1);

constexpr std::string_view name_of(Permission p) { return permission_rows[static_cast<std::size_t>(p)].name; }

/// Indexed by the enumerator.
using PermissionSet = std::bitset<permission_rows.size()>;

inline bool contains(const PermissionSet& set, Permission p) { return set.test(static_cast<std::size_t>(p)); }

/// The name that stands for every permission inside a tenant: all but `system`.
inline constexpr std::string_view every_permission = "*";

/// Nothing for an unknown name, and for "none" and "authenticated": nobody needs to be given these.
std::optional<Permission> permission_from_name(std::string_view name);

/// The permissions of a role. Unknown names give nothing.
PermissionSet permissions_from_names(std::span<const std::string> names);

struct BuiltInRole {
    std::string_view name;
    std::string_view meaning;
    std::span<const std::string_view> permissions;
};

/// What every institution has from its first day; it may add roles of its own.
std::span<const BuiltInRole> built_in_tenant_roles();
/// The platform tenant's roles.
std::span<const BuiltInRole> built_in_platform_roles();

}  // namespace takas::core::identity
