// The permission table and the table of built-in roles.
#include "core/identity/permissions.hpp"

#include <array>

namespace takas::core::identity {
namespace {

constexpr std::array<PermissionRow, static_cast<std::size_t>(Permission::count_)> rows{{
    {Permission::open, "open", "No token is needed."},
    {Permission::any_user, "any_user", "Any valid token."},
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
    {Permission::audit_read, "audit.read", "See the audit lists."},
    {Permission::system, "system", "Run the platform: tenants, users, BINs, exchange rates."},
}};

constexpr bool rows_follow_the_enum() {
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (static_cast<std::size_t>(rows[i].permission) != i) return false;
    return true;
}
static_assert(rows_follow_the_enum(), "one row per Permission, in enum order");
static_assert(rows.size() <= 64, "PermissionSet holds 64 bits");

using Names = std::string_view;

constexpr std::array all{every_permission};
constexpr std::array operations{Names{"customer.read"}, Names{"customer.write"},   Names{"product.read"},
                                Names{"card.read"},     Names{"card.write"},       Names{"account.read"},
                                Names{"account.write"}, Names{"transaction.read"}, Names{"webhook.read"}};
constexpr std::array viewer{Names{"customer.read"}, Names{"product.read"},     Names{"card.read"},
                            Names{"account.read"},  Names{"transaction.read"}, Names{"webhook.read"}};
constexpr std::array sandbox_tester{Names{"product.read"}, Names{"card.read"}, Names{"account.read"},
                                    Names{"transaction.read"}, Names{"transaction.test"}};
constexpr std::array integrator{Names{"customer.read"}, Names{"customer.write"},   Names{"product.read"},
                                Names{"card.read"},     Names{"card.write"},       Names{"account.read"},
                                Names{"account.write"}, Names{"transaction.read"}, Names{"webhook.read"},
                                Names{"webhook.write"}};
constexpr std::array auditor{Names{"customer.read"}, Names{"product.read"},     Names{"card.read"},
                             Names{"account.read"},  Names{"transaction.read"}, Names{"audit.read"}};
constexpr std::array system_only{Names{"system"}};

constexpr std::array tenant_roles{
    BuiltInRole{"administrator", "Everything inside the institution.", all},
    BuiltInRole{"operations", "Serves customers and their cards.", operations},
    BuiltInRole{"viewer", "Looks and changes nothing.", viewer},
    BuiltInRole{"sandbox_tester", "Makes test transactions.", sandbox_tester},
    BuiltInRole{"integrator", "The institution's own systems.", integrator},
    BuiltInRole{"auditor", "Looks at everything, the audit lists too.", auditor},
};
constexpr std::array platform_roles{BuiltInRole{"operator", "Runs the platform.", system_only}};

}  // namespace

std::span<const PermissionRow> permission_rows() { return rows; }

std::string_view permission_name(Permission permission) { return rows[static_cast<std::size_t>(permission)].name; }

std::optional<Permission> permission_of(std::string_view name) {
    for (const PermissionRow& row : rows)
        if (row.permission > Permission::any_user && row.name == name) return row.permission;
    return std::nullopt;
}

bool PermissionSet::add_named(std::string_view name) {
    if (name == every_permission) {
        for (const PermissionRow& row : rows)
            if (row.permission != Permission::system) add(row.permission);
        return true;
    }
    const auto permission = permission_of(name);
    if (permission) add(*permission);
    return permission.has_value();
}

std::span<const BuiltInRole> built_in_tenant_roles() { return tenant_roles; }

std::span<const BuiltInRole> built_in_platform_roles() { return platform_roles; }

}  // namespace takas::core::identity
