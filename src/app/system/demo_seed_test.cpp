#include "app/system/demo_seed.hpp"

#include <gtest/gtest.h>

#include "app/system/first_start.hpp"
#include "app/system/system_world_test.hpp"

namespace takas::app::system {
namespace {

using core::identity::Role;
using core::identity::Tenant;
using core::money::Currency;
using core::product::CardBinRange;
using core::product::CardProduct;
using ports::where;

TEST(demo_seed, gives_an_institution_that_can_be_used_at_once) {
    SystemWorld world;
    world.seed();
    const TenantId tenant = world.demo_tenant();
    ASSERT_TRUE(world.catalog.tenant(tenant));
    EXPECT_TRUE(world.catalog.tenant(tenant)->sandbox_enabled);
    EXPECT_EQ(world.catalog.rate(tenant, Currency{978}, Currency{949}, world.clock.now())->rate_e9, 47'500'000'000);
    EXPECT_TRUE(world.catalog.rate(tenant, Currency{949}, Currency{840}, world.clock.now()));

    auth::TokenRequest request;
    request.grant_type = "password";
    for (const std::string who : {"demo", "operator"}) {
        request.client_id = who, request.username = who, request.password = who;
        EXPECT_TRUE(world.tokens.grant(request)) << who;
    }

    const auto products = world.store.list<CardProduct>({{where<&CardProduct::tenant_id>(tenant)}, {}});
    ASSERT_TRUE(products);
    ASSERT_EQ(products->size(), 2U);
    for (const CardProduct& product : *products) {
        const auto range = world.store.find<CardBinRange>({where<&CardBinRange::id>(product.bin_range_id)});
        ASSERT_TRUE(range && *range);
        EXPECT_EQ((*range)->segments.size(), 1U);
        const auto chain =
            world.store.find<core::audit::AuditHead>({where<&core::audit::AuditHead::tenant_id>(tenant),
                                                      where<&core::audit::AuditHead::subject_key>(product.code)});
        EXPECT_TRUE(chain && *chain) << product.code;
        EXPECT_EQ((*range)->bin.size() + (*range)->start_range.size() + 1, 16U);
    }
}

TEST(demo_seed, a_second_start_changes_nothing) {
    SystemWorld world;
    world.seed();
    const auto tenant = world.demo_tenant();
    world.seed();
    EXPECT_EQ(world.demo_tenant(), tenant);
    EXPECT_EQ(*world.store.count_of<Tenant>({}), 2);
}

TEST(demo_seed, a_store_of_another_platform_is_refused) {
    SystemWorld world;
    auto context = world.context();
    ASSERT_TRUE(create_operator(context, "root", "twelve letters at least"));
    auto second = world.context();
    EXPECT_EQ(seed_demo(second).error().code, ErrorCode::tenant_exists);
    EXPECT_EQ(*world.store.count_of<Tenant>({}), 1);
}

TEST(first_start, an_operator_has_a_decent_password_and_comes_once) {
    SystemWorld world;
    EXPECT_FALSE(*has_operator(world.store));
    auto context = world.context();
    EXPECT_EQ(create_operator(context, "root", "short").error().code, ErrorCode::validation);
    EXPECT_EQ(create_operator(context, "administrator", "Administrator").error().code, ErrorCode::validation);
    ASSERT_TRUE(create_operator(context, "root", "twelve letters at least"));
    EXPECT_TRUE(*has_operator(world.store));
    EXPECT_EQ(*world.store.count_of<Role>({}), 1);
    auto again = world.context();
    EXPECT_EQ(create_operator(again, "root", "twelve letters at least").error().code, ErrorCode::tenant_exists);
}

}  // namespace
}  // namespace takas::app::system
