#include "core/identity/permissions.hpp"

#include <gtest/gtest.h>

#include <set>

namespace takas::core::identity {
namespace {

TEST(permissions, names_are_unique_and_found_again) {
    std::set<std::string_view> names;
    for (const PermissionRow& row : permission_rows()) {
        EXPECT_TRUE(names.insert(row.name).second) << row.name;
        EXPECT_FALSE(row.meaning.empty());
        if (row.permission > Permission::any_user) EXPECT_EQ(permission_of(row.name), row.permission);
    }
    EXPECT_FALSE(permission_of("open"));
    EXPECT_FALSE(permission_of("any_user"));
    EXPECT_FALSE(permission_of("customer.delete"));
}

TEST(permissions, the_star_never_gives_system) {
    PermissionSet set;
    EXPECT_TRUE(set.add_named("*"));
    EXPECT_TRUE(set.has(Permission::webhook_write));
    EXPECT_FALSE(set.has(Permission::system));
    EXPECT_TRUE(set.add_named("system"));
    EXPECT_TRUE(set.has(Permission::system));
    set.remove(Permission::system);
    EXPECT_FALSE(set.has(Permission::system));
}

TEST(permissions, an_empty_set_still_has_what_everybody_has) {
    const PermissionSet set;
    EXPECT_TRUE(set.has(Permission::open));
    EXPECT_TRUE(set.has(Permission::any_user));
    EXPECT_FALSE(set.has(Permission::customer_read));
}

TEST(permissions, built_in_roles_name_only_permissions_that_exist) {
    std::set<std::string_view> names;
    for (const auto roles : {built_in_tenant_roles(), built_in_platform_roles()})
        for (const BuiltInRole& role : roles) {
            EXPECT_TRUE(names.insert(role.name).second) << role.name;
            PermissionSet set;
            for (const std::string_view permission : role.permissions) EXPECT_TRUE(set.add_named(permission));
            EXPECT_NE(set, PermissionSet{}) << role.name;
            EXPECT_EQ(set.has(Permission::system), role.name == "operator");
        }
}

}  // namespace
}  // namespace takas::core::identity
