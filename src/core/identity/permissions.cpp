// Permission names, and the table of built-in roles.
#include "core/identity/permissions.hpp"

namespace takas::core::identity {
namespace {

constexpr bool rows_follow_the_enum() {
    for (std::size_t i = 0; i < permission_rows.size(); ++i)
        if (static_cast<std::size_t>(permission_rows[i].permission) != i) return false;
    return true;
}
static_assert(rows_follow_the_enum(), "one row per Permission, in enum order");

constexpr auto first_given = static_cast<std::size_t>(Permission::customer_read);

using Names = std::string_view;

constexpr std::array all{every_permission};
constexpr std::array operations{Names{"customer.read"}, Names{"customer.write"},   Names{"product.read"},
                                Names{"card.read"},     Names{"card.write"},       Names{"account.read"},
                                Names{"account.write"}, Names{"transaction.read"}, Names{"webhook.read"},
                                Names{"perso.read"},    Names{"perso.write"},      Names{"control.read"},
                                Names{"fee.read"}};
constexpr std::array viewer{Names{"customer.read"}, Names{"product.read"},     Names{"card.read"},
                            Names{"account.read"},  Names{"transaction.read"}, Names{"webhook.read"},
                            Names{"perso.read"},    Names{"control.read"},     Names{"fee.read"}};
constexpr std::array sandbox_tester{Names{"product.read"}, Names{"card.read"}, Names{"account.read"},
                                    Names{"transaction.read"}, Names{"transaction.test"}};
constexpr std::array integrator{
    Names{"customer.read"},   Names{"customer.write"}, Names{"product.read"},  Names{"card.read"},
    Names{"card.write"},      Names{"account.read"},   Names{"account.write"}, Names{"transaction.read"},
    Names{"webhook.read"},    Names{"webhook.write"},  Names{"card.pin"},      Names{"card.cvv2"},
    Names{"card.detokenize"}, Names{"key.exchange"},   Names{"perso.read"},    Names{"perso.write"},
    Names{"control.read"},    Names{"control.write"},  Names{"fee.read"}};
constexpr std::array perso_office{Names{"perso.read"}, Names{"perso.write"}};
constexpr std::array auditor{Names{"product.read"}, Names{"card.read"}, Names{"transaction.read"}, Names{"perso.read"},
                             Names{"control.read"}, Names{"fee.read"},  Names{"audit.read"}};
constexpr std::array system_only{Names{"system"}};

constexpr std::array tenant_roles{
    BuiltInRole{"administrator", "Everything inside the institution.", all},
    BuiltInRole{"operations", "Serves customers and their cards.", operations},
    BuiltInRole{"viewer", "Looks and changes nothing.", viewer},
    BuiltInRole{"sandbox_tester", "Makes test transactions.", sandbox_tester},
    BuiltInRole{"integrator", "The institution's own systems.", integrator},
    BuiltInRole{"perso_office", "A personalisation office or a courier.", perso_office},
    BuiltInRole{"auditor", "Sees what was changed, and by whom.", auditor},
};
constexpr std::array platform_roles{BuiltInRole{"operator", "Runs the platform.", system_only}};

}  // namespace

std::optional<Permission> permission_from_name(std::string_view name) {
    for (std::size_t i = first_given; i < permission_rows.size(); ++i)
        if (permission_rows[i].name == name) return static_cast<Permission>(i);
    return std::nullopt;
}

PermissionSet permissions_from_names(std::span<const std::string> names) {
    PermissionSet set;
    for (const std::string& name : names) {
        if (name == every_permission) {
            for (std::size_t i = first_given; i < static_cast<std::size_t>(Permission::system); ++i) set.set(i);
        } else if (const auto permission = permission_from_name(name)) {
            set.set(static_cast<std::size_t>(*permission));
        }
    }
    return set;
}

std::span<const BuiltInRole> built_in_tenant_roles() { return tenant_roles; }

std::span<const BuiltInRole> built_in_platform_roles() { return platform_roles; }

}  // namespace takas::core::identity
