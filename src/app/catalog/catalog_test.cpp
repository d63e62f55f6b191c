#include "app/catalog/catalog.hpp"

#include <gtest/gtest.h>

#include "app/auth/auth_world_test.hpp"

namespace takas::app::catalog {
namespace {

using core::money::Currency;
using core::money::RateSide;
using Rate = core::identity::ExchangeRate;

constexpr Currency lira{949}, euro{978}, dollar{840};

struct CatalogTest : ::testing::Test {
    auth::AuthWorld world;
    Catalog& catalog = world.catalog;
    TenantId tenant = auth::AuthWorld::tenant_id;
    Instant now = world.clock.time;

    void put(const Rate& row) {
        ports::Unit unit;
        unit.insert(row);
        Catalog::mark_changed(unit, world.ids);
        world.commit(std::move(unit));
    }
    void put(TenantId owner, Currency from, Currency to, std::string_view rate, Instant valid_from) {
        put(Rate{owner, from, to, *parse_decimal(rate), valid_from, "test", {}, {}, {}});
    }
    std::optional<std::int64_t> rate(Currency from, Currency to, Instant at, RateSide side = RateSide::middle) {
        const auto found = catalog.rate(tenant, from, to, at, side);
        return found ? std::optional(found->rate_e9) : std::nullopt;
    }
};

TEST_F(CatalogTest, the_newest_valid_rate_counts_and_only_for_its_tenant) {
    put(tenant, euro, lira, "40", now);
    put(tenant, euro, lira, "41.123456789", now.plus_seconds(60));
    put(TenantId{8}, dollar, lira, "30", now);
    ASSERT_TRUE(catalog.refresh_if_changed());
    EXPECT_EQ(rate(euro, lira, now.plus_us(-1)), std::nullopt);
    EXPECT_EQ(rate(euro, lira, now), 40'000'000'000);
    EXPECT_EQ(rate(euro, lira, now.plus_seconds(60)), 41'123'456'789);
    EXPECT_EQ(rate(dollar, lira, now), std::nullopt);
    EXPECT_EQ(rate(dollar, dollar, now), 1'000'000'000);
}

TEST_F(CatalogTest, the_opposite_rate_is_inverted_half_up_when_there_is_no_direct_one) {
    put(tenant, euro, lira, "3", now);
    ASSERT_TRUE(catalog.refresh_if_changed());
    EXPECT_EQ(rate(lira, euro, now), 333'333'333);
    put(tenant, lira, euro, "0.3", now);
    ASSERT_TRUE(catalog.refresh_if_changed());
    EXPECT_EQ(rate(lira, euro, now), 300'000'000);
}

TEST_F(CatalogTest, sides_and_ends_come_from_the_row) {
    put(Rate{tenant, euro, lira, {40, 0}, now, "test", Decimal{395, 1}, Decimal{408, 1}, now.plus_seconds(60)});
    put(Rate{tenant, dollar, lira, {30, 0}, now, "test", {}, Decimal{303, 1}, {}});
    ASSERT_TRUE(catalog.refresh_if_changed());
    EXPECT_EQ(rate(euro, lira, now, RateSide::sell), 40'800'000'000);
    EXPECT_EQ(rate(euro, lira, now, RateSide::buy), 39'500'000'000);
    EXPECT_EQ(rate(dollar, lira, now, RateSide::buy), 30'000'000'000) << "no rate of its own: the middle";
    EXPECT_EQ(rate(euro, dollar, now, RateSide::sell), 1'360'000'000) << "over the lira: 40.8 / 30";
    EXPECT_EQ(rate(euro, lira, now.plus_seconds(60)), std::nullopt);
    EXPECT_FALSE(catalog.rate(TenantId{8}, euro, lira, now));
}

TEST_F(CatalogTest, a_rate_that_cannot_be_one_is_not_used) {
    put(tenant, euro, lira, "40", now);
    ASSERT_TRUE(catalog.refresh_if_changed());
    put(Rate{tenant, dollar, lira, {30, 0}, now, "test", Decimal{0, 0}, {}, {}});
    EXPECT_FALSE(catalog.refresh_if_changed());
    EXPECT_EQ(rate(euro, lira, now), 40'000'000'000);
}

TEST_F(CatalogTest, changes_are_seen_by_their_version) {
    EXPECT_EQ(catalog.generation(), 1U);
    ASSERT_TRUE(catalog.refresh_if_changed());
    EXPECT_EQ(catalog.generation(), 1U);
    put(tenant, euro, lira, "3", now);
    Catalog other_server(world.store);
    ASSERT_TRUE(other_server.refresh_if_changed());
    EXPECT_TRUE(other_server.rate(tenant, euro, lira, now));
    EXPECT_FALSE(rate(euro, lira, now));
    ASSERT_TRUE(catalog.refresh_if_changed());
    EXPECT_EQ(catalog.generation(), 2U);
}

TEST_F(CatalogTest, tenants_are_found_by_id_and_uuid) {
    ASSERT_TRUE(catalog.tenant(tenant));
    EXPECT_EQ(catalog.tenant(tenant)->code, "bank");
    EXPECT_EQ(catalog.tenant_by_uuid(auth::AuthWorld::tenant_uuid)->tenant_id, tenant);
    EXPECT_FALSE(catalog.tenant(TenantId{8}));
    EXPECT_FALSE(catalog.tenant_by_uuid(""));
}

}  // namespace
}  // namespace takas::app::catalog
