#include "app/products/product_cache.hpp"

#include <gtest/gtest.h>

#include "app/auth/auth_world_test.hpp"
#include "app/ports/tables.hpp"
#include "store/memory/memory_store.hpp"

namespace takas::app::products {
namespace {

using core::product::CardProduct;

constexpr TenantId bank{2}, other_bank{3};

struct ProductCacheTest : ::testing::Test {
    store::memory::MemoryStore store;
    auth::StandingClock clock;
    ProductCache cache{store, clock};

    void put(std::int16_t pin_try_limit) {
        CardProduct product;
        product.tenant_id = bank, product.code = "P", product.pin_try_limit = pin_try_limit;
        ports::Unit unit;
        unit.upsert(product);
        ASSERT_EQ(store.commit_and_wait(std::move(unit)).outcome, ports::CommitOutcome::committed);
    }
};

TEST_F(ProductCacheTest, believes_what_it_read_for_a_second) {
    put(3);
    EXPECT_EQ((*cache.find(bank, "P"))->pin_try_limit, 3);
    put(5);
    EXPECT_EQ((*cache.find(bank, "P"))->pin_try_limit, 3);
    clock.time = clock.time.plus_seconds(1);
    EXPECT_EQ((*cache.find(bank, "P"))->pin_try_limit, 5);
    put(7);
    clock.time = clock.time.plus_seconds(-60);
    EXPECT_EQ((*cache.find(bank, "P"))->pin_try_limit, 7);
}

TEST_F(ProductCacheTest, asks_again_for_what_this_server_changed) {
    put(3);
    EXPECT_EQ((*cache.find(bank, "P"))->pin_try_limit, 3);
    put(5);
    cache.forget(bank, "P");
    EXPECT_EQ((*cache.find(bank, "P"))->pin_try_limit, 5);
}

TEST_F(ProductCacheTest, a_product_is_of_one_institution) {
    put(3);
    EXPECT_EQ(cache.find(other_bank, "P").error().code, ErrorCode::product_not_found);
    EXPECT_EQ(cache.find(bank, "Q").error().code, ErrorCode::product_not_found);
}

}  // namespace
}  // namespace takas::app::products
