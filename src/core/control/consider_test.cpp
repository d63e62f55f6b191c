// Controls, limits and fees on one transaction: order, levels, windows, and that what is counted is given back.
#include "core/control/consider.hpp"

#include <gtest/gtest.h>

#include <map>

#include "core/control/policy_record.hpp"
#include "core/control/rule_facts.hpp"

namespace takas::core::control {
namespace {

using authorization::TransactionCode;
using authorization::Verdict;
using rule::Field;
using rule::Value;

constexpr TokenId card_token{95};
constexpr std::uint8_t digits = 2;
const Date today = *make_date(2031, 3, 1);
const Instant noon = *parse_instant("2031-03-01T12:00:00Z");

AuthorizationControl control_of(std::int64_t id, ControlAction action, std::int32_t priority, std::string rule = {}) {
    AuthorizationControl control;
    control.id = EntityId{id};
    control.name = "control " + std::to_string(id);
    control.action = action;
    control.priority = priority;
    control.rule = std::move(rule);
    control.tenant_wide = true;
    return control;
}

VelocityControl limit_of(std::int64_t id, VelocityPeriod period, std::optional<Decimal> amount,
                         std::optional<std::int64_t> count = std::nullopt) {
    VelocityControl control;
    control.id = EntityId{id};
    control.name = "limit " + std::to_string(id);
    control.period = period;
    control.limit_amount = amount;
    control.limit_count = count;
    control.tenant_wide = true;
    return control;
}

fee::TransactionFee fee_of(std::int64_t id, Decimal amount) {
    fee::TransactionFee fee;
    fee.id = EntityId{id};
    fee.name = "fee " + std::to_string(id);
    fee.amount = amount;
    return fee;
}

ControlLink link_of(Family family, std::int64_t id, LinkLevel level) {
    ControlLink link;
    link.family = family;
    link.control_id = EntityId{id};
    link.level = level;
    link.token_id = card_token;
    link.card_product_code = "P";
    link.card_product_group_id = EntityId{7};
    link.customer_segment_id = EntityId{9};
    return link;
}

/// One card that buys.
class Card {
  public:
    explicit Card(PolicySet::Source source) : set_(PolicySet::compile(std::move(source))) {}

    const Conclusion& ask(std::int64_t minor, TransactionCode code = TransactionCode::purchase) {
        code_ = code;
        facts_ = {};
        facts_[Field::transaction_code] = Value::name(code);
        facts_[Field::transaction_amount] = Value::amount(minor, digits);
        facts_[Field::mcc] = Value::integer(mcc);
        billing_ = minor;
        fill_usage(counters, business_date, at, digits, facts_);
        consider(*set_, situation(), counters, selection_, conclusion_);
        return conclusion_;
    }
    void approve() { count(*set_, situation(), *billing_, conclusion_, counters); }
    bool buy(std::int64_t minor) {
        const auto& said = ask(minor);
        const bool is_refused = said.authorization_control == Verdict::failed ||
                                said.velocity_amount == Verdict::failed || said.velocity_count == Verdict::failed;
        if (!is_refused) approve();
        return !is_refused;
    }
    Conclusion& conclusion() { return conclusion_; }

    Counters counters;
    Date business_date = today;
    Instant at = noon;
    std::int32_t mcc = 5411;
    std::vector<VelocityLimit> own_limits;
    money::Currency currency{949};
    bool is_forced = false;
    bool is_promised = false;
    std::int64_t before_minor = 0;  ///< of an increment

  private:
    Situation situation() const {
        return {.facts = facts_,
                .place = {card_token, "P", EntityId{9}},
                .business_date = business_date,
                .decided_at = at,
                .code = code_,
                .billing_minor = billing_,
                .account_currency = currency,
                .account_digits = digits,
                .is_forced = is_forced,
                .is_increment = before_minor > 0,
                .card_limits = own_limits,
                .is_promised = is_promised,
                .before_minor = before_minor};
    }

    std::shared_ptr<const PolicySet> set_;
    Selection selection_;
    rule::Facts facts_;
    TransactionCode code_{};
    std::optional<std::int64_t> billing_;
    Conclusion conclusion_;
};

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

/// What stands in the counters is the sum of what approvals counted and did not give back, in every window.
TEST(Limits, CountersAreConservedUnderApprovalsReversalsAndExpiries) {
    std::uint64_t state = 20310301;  // SplitMix64: the same run every time
    const auto below = [&state](std::int64_t n) {
        std::uint64_t x = state += 0x9E3779B97F4A7C15ULL;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
        return static_cast<std::int64_t>((x ^ (x >> 31)) % static_cast<std::uint64_t>(n));
    };
    const std::array periods{VelocityPeriod::daily,          VelocityPeriod::weekly,   VelocityPeriod::monthly,
                             VelocityPeriod::yearly,         VelocityPeriod::lifetime, VelocityPeriod::rolling_24_hours,
                             VelocityPeriod::rolling_30_days};
    PolicySet::Source source;
    for (std::size_t i = 0; i < periods.size(); ++i)
        source.velocity_controls.push_back(
            limit_of(static_cast<std::int64_t>(i) + 1, periods[i], Decimal{5000, 0}, 200));
    source.authorization_controls = {control_of(90, ControlAction::decline, 1, "monthCount > 1000")};
    std::map<CounterKey, VelocityPeriod> counted;
    for (const auto& limit : source.velocity_controls) counted[counter_key(limit)] = limit.period;
    counted[card_day_key] = VelocityPeriod::daily;
    counted[card_month_key] = VelocityPeriod::monthly;
    Card card(std::move(source));
    struct Bought {
        std::vector<Considered> considered;
        std::int64_t left_minor;
    };
    std::vector<Bought> bought;
    for (int step = 0; step < 4000; ++step) {
        card.at = card.at.plus_seconds(below(3 * 3600));
        card.business_date = date_of(card.at);
        if (bought.empty() || below(3) > 0) {
            const std::int64_t minor = 1 + below(40'000);
            if (card.buy(minor)) bought.push_back({card.conclusion().considered, minor});
        } else {
            Bought& one = bought[static_cast<std::size_t>(below(static_cast<std::int64_t>(bought.size())))];
            const std::int64_t back = below(2) == 0 ? one.left_minor : below(one.left_minor + 1);
            one.left_minor -= back;
            give_back(one.considered, back, one.left_minor == 0, card.counters);
        }
        if (step % 16 != 0) continue;
        for (const auto& [key, period] : counted) {
            const auto steps = rolling_steps(period);
            const std::int32_t now = window_of(period, card.business_date, card.at);
            Used sum;
            for (const Bought& one : bought)
                for (const Considered& c : one.considered) {
                    if (c.key != key || (steps.count == 0 ? c.window != now : c.window < now - steps.count)) continue;
                    sum.amount_minor += c.added.amount_minor - c.given_back.amount_minor;
                    sum.count += c.added.count - c.given_back.count;
                }
            ASSERT_EQ(card.counters.used(key, period, card.business_date, card.at), sum) << "step " << step;
        }
        ASSERT_EQ(Counters::decode(card.counters.encode()), card.counters);
    }
    EXPECT_GT(bought.size(), 100U);
}

TEST(PolicyRecords, ComeBackAsTheyWereStored) {
    PolicySet::Source source;
    source.velocity_controls = {limit_of(1, VelocityPeriod::monthly, Decimal{100, 0}, 5)};
    source.authorization_controls = {control_of(2, ControlAction::allow, 1)};
    Card card(std::move(source));
    ASSERT_TRUE(card.buy(700));
    PolicyRecord record;
    record.circumstances.nationality = "Türkiye";
    record.circumstances.customer_age = 41;
    record.circumstances.sli_channel = authorization::SliChannel::channel;
    record.considered = card.conclusion().considered;
    record.fee = ChargedFee{EntityId{3}, fee::TaxInclusionMode::included, 476, {{"BSMV", 24}}};
    record.rate = AppliedRate{32'500'000'000, 250};
    const std::string bytes = encode(record);
    const auto back = decode_policy_record(bytes);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->considered, record.considered);
    EXPECT_EQ(back->fee, record.fee);
    EXPECT_EQ(back->rate, record.rate);
    EXPECT_EQ(encode(*back), bytes);
    for (std::size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(decode_policy_record(bytes.substr(0, size)));
}

TEST(Counters, AControlThatCountsSomethingElseBeginsAnew) {
    VelocityControl control = limit_of(1, VelocityPeriod::daily, Decimal{100, 0});
    const CounterKey key = counter_key(control);
    control.limit_amount = Decimal{50, 0};
    control.name = "another name";
    EXPECT_EQ(counter_key(control), key);
    control.rule = "mcc == 5411";
    EXPECT_NE(counter_key(control), key);
}

}  // namespace
}  // namespace takas::core::control
