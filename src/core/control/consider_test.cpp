// Controls, limits and fees on one transaction: order, levels and windows.
#include "core/control/consider.hpp"

#include "core/control/one_card_test.hpp"

namespace takas::core::control {
namespace {

TEST(Controls, TheHighestPriorityThatMatchesEndsTheList) {
    PolicySet::Source source;
    source.authorization_controls = {control_of(1, ControlAction::decline, 10),
                                     control_of(2, ControlAction::allow, 20, "mcc == 5411")};
    source.authorization_controls[0].response_code = authorization::ResponseCode::restricted_card;
    Card card(std::move(source));
    const auto& allowed = card.ask(100);
    EXPECT_EQ(allowed.authorization_control, Verdict::passed);
    ASSERT_EQ(allowed.considered.size(), 2U);
    EXPECT_EQ(allowed.considered[0].outcome, ItemOutcome::allowed);
    EXPECT_EQ(allowed.considered[1].outcome, ItemOutcome::not_reached);

    card.mcc = 7995;
    const auto& declined = card.ask(100);
    EXPECT_EQ(declined.authorization_control, Verdict::failed);
    EXPECT_EQ(declined.control_response, authorization::ResponseCode::restricted_card);
    EXPECT_EQ(declined.considered[0].outcome, ItemOutcome::not_matched);
    EXPECT_EQ(declined.considered[1].outcome, ItemOutcome::declined);
}

TEST(Controls, ADraftInShadowIsRecordedAndDecidesNothing) {
    PolicySet::Source source;
    source.authorization_controls = {control_of(1, ControlAction::allow, 10)};
    source.authorization_shadows = {{control_of(1, ControlAction::decline, 10), 2}};
    Card card(std::move(source));
    const auto& said = card.ask(100);
    EXPECT_EQ(said.authorization_control, Verdict::passed);
    ASSERT_EQ(said.considered.size(), 2U);
    EXPECT_TRUE(said.considered[1].is_shadow);
    EXPECT_EQ(said.considered[1].version_no, 2);
    EXPECT_EQ(said.considered[1].outcome, ItemOutcome::declined);
}

TEST(Controls, WhatIsNotLinkedHasNoEffectAndTheMostSpecificLinkIsTold) {
    PolicySet::Source source;
    source.authorization_controls = {control_of(1, ControlAction::decline, 1), control_of(2, ControlAction::allow, 2)};
    for (auto& control : source.authorization_controls) control.tenant_wide = false;
    const Family family = Family::authorization_control;
    source.links = {link_of(family, 2, LinkLevel::customer_segment), link_of(family, 2, LinkLevel::card_product)};
    Card card(std::move(source));
    const auto& said = card.ask(100);
    EXPECT_EQ(said.authorization_control, Verdict::passed);
    ASSERT_EQ(said.considered.size(), 1U);
    EXPECT_EQ(said.considered[0].level, LinkLevel::card_product);
}

TEST(Controls, ALinkCountsOnlyWhileItsRuleHolds) {
    PolicySet::Source source;
    source.authorization_controls = {control_of(1, ControlAction::decline, 1)};
    source.authorization_controls[0].tenant_wide = false;
    source.links = {link_of(Family::authorization_control, 1, LinkLevel::card)};
    source.links[0].rule = "transactionAmount > 50";
    Card card(std::move(source));
    EXPECT_EQ(card.ask(5000).authorization_control, Verdict::not_performed);
    EXPECT_EQ(card.ask(5001).authorization_control, Verdict::failed);
}

TEST(Controls, WhatIsLinkedWithARuleThatDoesNotHoldIsToldWithoutEffect) {
    PolicySet::Source source;
    source.authorization_controls = {control_of(1, ControlAction::decline, 1)};
    source.velocity_controls = {limit_of(2, VelocityPeriod::daily, Decimal{1, 0})};
    source.transaction_fees = {fee_of(3, {1, 0})};
    source.authorization_controls[0].tenant_wide = source.velocity_controls[0].tenant_wide = false;
    for (const auto& [family, id] :
         {std::pair(Family::authorization_control, 1), {Family::velocity_control, 2}, {Family::transaction_fee, 3}})
        for (const LinkLevel level : {LinkLevel::customer_segment, LinkLevel::card_product}) {
            source.links.push_back(link_of(family, id, level));
            source.links.back().rule = level == LinkLevel::card_product ? "mcc == 1111" : "mcc == 5812";
        }
    const auto set = PolicySet::compile(source);
    EXPECT_EQ(set->link_rules().size(), 2U) << "each rule once, however many links have it";
    Card card(std::move(source));
    const auto& said = card.ask(5000);
    EXPECT_EQ(said.authorization_control, Verdict::not_performed);
    EXPECT_EQ(said.velocity_amount, Verdict::not_performed);
    EXPECT_EQ(said.velocity_count, Verdict::not_performed);
    EXPECT_EQ(said.fee.total_minor, 0);
    ASSERT_EQ(said.considered.size(), 3U);
    for (const Considered& one : said.considered) {
        EXPECT_EQ(one.outcome, ItemOutcome::link_not_matched);
        EXPECT_EQ(one.level, LinkLevel::card_product) << "the most specific of its links";
        EXPECT_EQ(set->link_rules()[static_cast<std::size_t>(one.link_rule)].canonical_text(), "mcc == 1111");
    }
    card.approve();
    EXPECT_TRUE(card.counters.is_empty());
    card.mcc = 5812;
    const auto& held = card.ask(5000);
    EXPECT_EQ(held.authorization_control, Verdict::failed);
    EXPECT_EQ(held.velocity_amount, Verdict::failed);
    EXPECT_EQ(held.fee.net_minor, 100);
}

TEST(Controls, RulesSeeWhatTheCardHasUsedToday) {
    PolicySet::Source source;
    source.authorization_controls = {control_of(1, ControlAction::decline, 1, "todayCount >= 2 || todayAmount > 100")};
    Card card(std::move(source));
    EXPECT_TRUE(card.buy(1000));
    EXPECT_TRUE(card.buy(1000));
    EXPECT_FALSE(card.buy(1000));
    card.business_date.value += 1;
    EXPECT_TRUE(card.buy(10'001));
    EXPECT_FALSE(card.buy(1));
}

TEST(Limits, AmountAndCountWithinTheWindow) {
    PolicySet::Source source;
    source.velocity_controls = {limit_of(1, VelocityPeriod::daily, Decimal{100, 0}),
                                limit_of(2, VelocityPeriod::monthly, std::nullopt, 3)};
    Card card(std::move(source));
    EXPECT_TRUE(card.buy(6000));
    EXPECT_FALSE(card.buy(4001));
    EXPECT_EQ(card.conclusion().velocity_amount, Verdict::failed);
    EXPECT_TRUE(card.buy(4000));
    card.business_date.value += 1;
    EXPECT_TRUE(card.buy(1));
    EXPECT_FALSE(card.buy(1));
    EXPECT_EQ(card.conclusion().velocity_count, Verdict::failed);
    card.business_date = *make_date(2031, 4, 1);
    EXPECT_TRUE(card.buy(1));
}

TEST(Limits, TheCardsOwnLimitStandsInThePlaceOfTheControls) {
    PolicySet::Source source;
    source.velocity_controls = {limit_of(1, VelocityPeriod::daily, Decimal{100, 0})};
    Card card(std::move(source));
    card.own_limits = {{EntityId{1}, Decimal{20, 0}, std::nullopt, std::nullopt, std::nullopt}};
    EXPECT_TRUE(card.buy(2000));
    EXPECT_FALSE(card.buy(1));
    EXPECT_TRUE(card.conclusion().considered[0].is_card_limit);
    card.own_limits.clear();
    EXPECT_TRUE(card.buy(8000));
}

TEST(Limits, SmallOnesAndOtherCurrenciesAreNotCounted) {
    PolicySet::Source source;
    source.velocity_controls = {limit_of(1, VelocityPeriod::daily, std::nullopt, 1)};
    source.velocity_controls[0].min_amount = Decimal{10, 0};
    source.velocity_controls[0].currency = money::Currency{949};
    Card card(std::move(source));
    EXPECT_TRUE(card.buy(999));
    EXPECT_TRUE(card.buy(1000));
    EXPECT_TRUE(card.buy(999));
    EXPECT_FALSE(card.buy(1000));
    card.currency = money::Currency{978};
    EXPECT_TRUE(card.buy(1000));
    EXPECT_EQ(card.conclusion().considered[0].outcome, ItemOutcome::other_currency);
}

TEST(Limits, AnAdviceCountsAndIsNotRefused) {
    PolicySet::Source source;
    source.velocity_controls = {limit_of(1, VelocityPeriod::lifetime, Decimal{10, 0})};
    Card card(std::move(source));
    card.is_forced = true;
    EXPECT_TRUE(card.buy(5000));
    card.is_forced = false;
    EXPECT_FALSE(card.buy(1));
    EXPECT_EQ(card.conclusion().considered[0].before, (Used{5000, 1}));
}

TEST(Limits, ACompletionIsCountedAndNotRefused) {
    PolicySet::Source source;
    source.velocity_controls = {limit_of(1, VelocityPeriod::daily, Decimal{10, 0}),
                                limit_of(2, VelocityPeriod::per_transaction, Decimal{10, 0})};
    Card card(std::move(source));
    card.is_promised = true;
    const auto& said = card.ask(1100, TransactionCode::pre_authorization_completion);
    EXPECT_EQ(said.velocity_count, Verdict::passed);
    EXPECT_NE(said.velocity_amount, Verdict::failed);
    EXPECT_EQ(said.considered[0].outcome, ItemOutcome::amount_exceeded);
    card.approve();
    EXPECT_EQ(card.conclusion().considered[0].added, (Used{1100, 1}));
}

TEST(Limits, AnIncrementIsJudgedByTheTotal) {
    PolicySet::Source source;
    source.velocity_controls = {limit_of(1, VelocityPeriod::per_transaction, Decimal{110, 0})};
    source.velocity_controls[0].min_amount = Decimal{100, 0};
    Card card(std::move(source));
    card.before_minor = 5'000;
    EXPECT_EQ(card.ask(1'000, TransactionCode::pre_authorization).considered[0].outcome, ItemOutcome::not_matched);
    EXPECT_EQ(card.ask(6'000, TransactionCode::pre_authorization).considered[0].outcome, ItemOutcome::within);
    EXPECT_EQ(card.ask(6'001, TransactionCode::pre_authorization).velocity_amount, Verdict::failed);
    EXPECT_EQ(card.conclusion().considered[0].before, (Used{5'000, 0}));
}

TEST(Controls, AnAdviceIsNotedAndNotRefused) {
    PolicySet::Source source;
    source.authorization_controls = {control_of(1, ControlAction::decline, 10)};
    Card card(std::move(source));
    card.is_forced = true;
    const auto& said = card.ask(100);
    EXPECT_EQ(said.authorization_control, Verdict::passed);
    EXPECT_EQ(said.considered[0].outcome, ItemOutcome::declined);
}

TEST(Controls, CreditsAndCompletionsAreConcernedByThoseThatNameACode) {
    for (const auto code : {TransactionCode::refund, TransactionCode::pre_authorization_completion}) {
        PolicySet::Source source;
        source.authorization_controls = {control_of(1, ControlAction::decline, 10, "mcc == 5411")};
        Card card(source);
        EXPECT_EQ(card.ask(100, code).authorization_control, Verdict::passed);
        EXPECT_EQ(card.conclusion().considered[0].outcome, ItemOutcome::not_matched);
        source.authorization_controls[0].criteria.transaction_code = code;
        EXPECT_EQ(Card(source).ask(100, code).authorization_control, Verdict::failed);
        source.authorization_controls[0].criteria = {};
        source.authorization_controls[0].rule = "mcc == 5411 && transactionCode != \"Purchase\"";
        EXPECT_EQ(Card(source).ask(100, code).authorization_control, Verdict::failed);
    }
}

TEST(Limits, ARollingDayHoldsAtLeastADayAndAtMostAStepLonger) {
    PolicySet::Source source;
    source.velocity_controls = {limit_of(1, VelocityPeriod::rolling_24_hours, std::nullopt, 1)};
    Card card(std::move(source));
    EXPECT_TRUE(card.buy(100));
    card.at = noon.plus_seconds(24 * 3600 - 1);
    EXPECT_FALSE(card.buy(100));
    card.at = noon.plus_seconds(24 * 3600 + 2 * 5 * 60);
    EXPECT_TRUE(card.buy(100));
}

TEST(Fees, TheMostSpecificThenTheOneWithTheMostConditionsThenTheNewest) {
    PolicySet::Source source;
    source.transaction_fees = {fee_of(1, {1, 0}), fee_of(2, {2, 0}), fee_of(3, {3, 0}), fee_of(4, {4, 0})};
    source.transaction_fees[0].tenant_wide = true;
    source.transaction_fees[1].criteria.mcc = 5411;
    for (const std::int64_t id : {2, 3})
        source.links.push_back(link_of(Family::transaction_fee, id, LinkLevel::card_product));
    source.links.push_back(link_of(Family::transaction_fee, 4, LinkLevel::card_product_group));
    source.product_groups = {{"P", EntityId{7}}};
    source.taxes = {{TenantId{1}, EntityId{1}, "BSMV", Decimal{5, 0}, true, 1}};
    Card card(std::move(source));
    const auto& said = card.ask(10'000);
    EXPECT_EQ(said.fee.net_minor, 200);
    EXPECT_EQ(said.fee.total_minor, 210);
    ASSERT_EQ(said.considered.size(), 4U);
    EXPECT_EQ(said.considered[0].outcome, ItemOutcome::outranked);
    EXPECT_EQ(said.considered[1].outcome, ItemOutcome::charged);
    EXPECT_EQ(said.considered[1].fee_minor, 210);
    card.mcc = 5812;
    EXPECT_EQ(card.ask(10'000).fee.net_minor, 300);
    EXPECT_EQ(card.ask(10'000, TransactionCode::refund).fee.total_minor, 0);
    EXPECT_EQ(card.ask(10'000, TransactionCode::pre_authorization).fee.total_minor, 0);
}

TEST(Fees, WhatMovesNoMoneyCostsOnlyWhatNamesItsCode) {
    PolicySet::Source source;
    source.transaction_fees = {fee_of(1, {1, 0})};
    source.transaction_fees[0].tenant_wide = true;
    EXPECT_EQ(Card(source).ask(0, TransactionCode::account_verification).fee.total_minor, 0);
    source.transaction_fees[0].criteria.transaction_code = TransactionCode::account_verification;
    EXPECT_EQ(Card(source).ask(0, TransactionCode::account_verification).fee.total_minor, 100);
}

TEST(Fees, AnAdviceIsChargedAsAnyOther) {
    PolicySet::Source source;
    source.transaction_fees = {fee_of(1, {1, 0})};
    source.transaction_fees[0].tenant_wide = true;
    Card card(std::move(source));
    card.is_forced = true;
    EXPECT_EQ(card.ask(500).fee.total_minor, 100);
    EXPECT_EQ(card.conclusion().considered[0].outcome, ItemOutcome::charged);
}

}  // namespace
}  // namespace takas::core::control
