#include "app/authorize/own_rate.hpp"

#include <gtest/gtest.h>

#include "app/auth/auth_world_test.hpp"

namespace takas::app::authorize {
namespace {

using core::authorization::TransactionCode;
using core::money::Currency;
using core::money::RateSide;
using core::money::RateTerms;

constexpr Currency lira{949}, euro{978};

struct OwnRate : ::testing::Test {
    auth::AuthWorld world;
    core::card::Card card;
    OwnRate() {
        ports::Unit unit;
        unit.insert(core::identity::ExchangeRate{auth::AuthWorld::tenant_id,
                                                 euro,
                                                 lira,
                                                 {40, 0},
                                                 world.clock.time,
                                                 "test",
                                                 Decimal{395, 1},
                                                 Decimal{405, 1},
                                                 {}});
        core::product::CardProduct product;
        product.tenant_id = auth::AuthWorld::tenant_id, product.code = "dear", product.currency_markup_bps = 250;
        unit.insert(product);
        world.commit(std::move(unit));
        EXPECT_TRUE(world.catalog.refresh());
        EXPECT_TRUE(world.catalog.usage_policies().refresh());
        card.tenant_id = auth::AuthWorld::tenant_id, card.card_product_code = "dear";
    }
    std::optional<RateTerms> terms(TransactionCode code, const core::card::Card* of, Currency from = euro) {
        return own_rate(world.catalog, auth::AuthWorld::tenant_id, code, from, lira, of, world.clock.time);
    }
};

TEST_F(OwnRate, debits_are_sold_and_credits_bought) {
    using enum TransactionCode;
    for (const auto code : {purchase, cash_withdrawal, pre_authorization, pre_authorization_completion, quasi_cash})
        EXPECT_EQ(rate_side(code), RateSide::sell) << static_cast<int>(code);
    for (const auto code : {refund, deposit, original_credit, payment_transaction})
        EXPECT_EQ(rate_side(code), RateSide::buy) << static_cast<int>(code);
}

TEST_F(OwnRate, the_products_mark_up_comes_with_the_side) {
    EXPECT_EQ(terms(TransactionCode::purchase, &card), (RateTerms{40'500'000'000, 250, RateSide::sell}));
    EXPECT_EQ(terms(TransactionCode::refund, &card), (RateTerms{39'500'000'000, 250, RateSide::buy}));
    EXPECT_EQ(terms(TransactionCode::purchase, nullptr), (RateTerms{40'500'000'000, 0, RateSide::sell}));
    card.card_product_code = "plain";
    EXPECT_EQ(terms(TransactionCode::purchase, &card), (RateTerms{40'500'000'000, 0, RateSide::sell}));
    EXPECT_EQ(terms(TransactionCode::purchase, &card, Currency{826}), std::nullopt);
}

TEST_F(OwnRate, another_institutions_product_of_the_same_code_is_another) {
    card.tenant_id = TenantId{8};
    EXPECT_EQ(terms(TransactionCode::purchase, &card)->markup_bps, 0);
}

}  // namespace
}  // namespace takas::app::authorize
