#include "core/identity/permissions.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace takas::core::identity {
namespace {

TEST(permissions, names_are_unique_and_found_again) {
    std::set<std::string_view> names;
    for (const PermissionRow& row : permission_rows) {
        EXPECT_TRUE(names.insert(row.name).second) << row.name;
        EXPECT_FALSE(row.meaning.empty());
        if (row.permission > Permission::any_user) EXPECT_EQ(permission_from_name(row.name), row.permission);
    }
    EXPECT_FALSE(permission_from_name("none"));
    EXPECT_FALSE(permission_from_name("authenticated"));
    EXPECT_FALSE(permission_from_name("customer.delete"));
}

TEST(permissions, the_star_never_gives_system) {
    const std::vector<std::string> star{"*"};
    const PermissionSet set = permissions_from_names(star);
    EXPECT_TRUE(contains(set, Permission::webhook_write));
    EXPECT_FALSE(contains(set, Permission::system));
    const std::vector<std::string> both{"*", "system"};
    EXPECT_TRUE(contains(permissions_from_names(both), Permission::system));
}

TEST(permissions, built_in_roles_name_only_permissions_that_exist) {
    std::set<std::string_view> names;
    for (const auto roles : {built_in_tenant_roles(), built_in_platform_roles()})
        for (const BuiltInRole& role : roles) {
            EXPECT_TRUE(names.insert(role.name).second) << role.name;
            for (const std::string_view permission : role.permissions)
                EXPECT_TRUE(permission == every_permission || permission_from_name(permission)) << permission;
            const std::vector<std::string> copy(role.permissions.begin(), role.permissions.end());
            const PermissionSet set = permissions_from_names(copy);
            EXPECT_TRUE(set.any()) << role.name;
            EXPECT_EQ(contains(set, Permission::system), role.name == "operator");
        }
}

}  // namespace
}  // namespace takas::core::identity
