// What a caller may be allowed to do, and the roles every institution starts with. An endpoint names one permission; a
// role is a list of permission names; a user has roles. Knows no user and no token.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace takas::core::identity {

enum class Permission : std::uint8_t {
    open,      ///< nobody asks who is calling: tokens, health, the reference
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
    audit_read,
    system,  ///< the platform's operators: tenants, users, BINs, exchange rates. Counts in the platform tenant only
    count_,
};

struct PermissionRow {
    Permission permission;
    std::string_view name;  ///< "customer.read": in roles and in the reference
    std::string_view meaning;
};

/// Every permission, in enum order.
std::span<const PermissionRow> permission_rows();
std::string_view permission_name(Permission permission);
/// Nothing for a name that is no row; "open" and "any_user" cannot be given to a role and are no names here.
std::optional<Permission> permission_of(std::string_view name);

/// The permission that stands for all of the tenant's own, and never for `system`.
inline constexpr std::string_view every_permission = "*";

class PermissionSet {
  public:
    /// open and any_user are always there: whoever has a set was authenticated.
    constexpr bool has(Permission permission) const {
        return permission == Permission::open || permission == Permission::any_user || (bits_ & bit(permission)) != 0;
    }
    constexpr void add(Permission permission) { bits_ |= bit(permission); }
    /// Adds what a role's permission name gives; false for an unknown name, which gives nothing.
    bool add_named(std::string_view name);
    constexpr void remove(Permission permission) { bits_ &= ~bit(permission); }
    friend constexpr bool operator==(PermissionSet, PermissionSet) = default;

  private:
    static constexpr std::uint64_t bit(Permission permission) {
        return std::uint64_t{1} << static_cast<unsigned>(permission);
    }
    std::uint64_t bits_ = 0;
};

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
