#include "core/fee/card_fee_book.hpp"

#include <gtest/gtest.h>

namespace takas::core::fee {
namespace {

using control::ControlLink;
using control::Family;
using control::LinkLevel;

constexpr EntityId group{70}, segment{80};
const Date today = parse_date("2031-03-01").value(), birth = parse_date("2001-03-02").value();

Date day_of(Instant at) { return date_of(at); }

struct CardFeeBookTest : testing::Test {
    CardFeeBook::Source source;
    card::Card card;
    customer::Customer customer;
    std::vector<std::string> broken;

    CardFeeBookTest() {
        card.token_id = TokenId{95};
        card.card_product_code = "P";
        card.product_type = product::ProductType::emv;
        customer.segment_id = segment;
        customer.birth_date = birth;
        customer.nationality = "TR";
    }
    CardIssuanceFee& issuance(std::int64_t id, bool tenant_wide = false) {
        auto& fee = source.issuance_fees.emplace_back();
        fee.id = EntityId{id};
        fee.name = std::to_string(id);
        fee.tenant_wide = tenant_wide;
        fee.creation_time = Instant{id};
        return fee;
    }
    ControlLink& link(std::int64_t control_id, LinkLevel level, Family family = Family::card_issuance_fee) {
        auto& link = source.links.emplace_back();
        link.family = family;
        link.control_id = EntityId{control_id};
        link.level = level;
        if (level == LinkLevel::card) link.token_id = card.token_id;
        if (level == LinkLevel::card_product) link.card_product_code = "P";
        if (level == LinkLevel::card_product_group) link.card_product_group_id = group;
        if (level == LinkLevel::customer_segment) link.customer_segment_id = segment;
        return link;
    }
    CardSubject subject(const customer::Customer* owner) const {
        return {card, owner, group, Date{today.value - 10}, today};
    }
    /// The id of the fee; 0 for none.
    std::int64_t fee_of(CardFeeType type = CardFeeType::new_card, Instant made_at = Instant{1'000}) {
        const CardFeeBook book(source, day_of, broken);
        const auto* fee = book.issuance_fee(subject(&customer), type, made_at);
        return fee ? fee->id.value : 0;
    }
};

TEST_F(CardFeeBookTest, not_linked_is_no_fee) {
    issuance(1);
    EXPECT_EQ(fee_of(), 0);
    source.issuance_fees[0].tenant_wide = true;
    EXPECT_EQ(fee_of(), 1);
}

TEST_F(CardFeeBookTest, the_most_specific_level_wins_whatever_is_newer_or_narrower) {
    issuance(9, true).issuance_type = IssuanceType::new_card;
    EXPECT_EQ(fee_of(), 9);
    issuance(1), link(1, LinkLevel::customer_segment);
    EXPECT_EQ(fee_of(), 1);
    issuance(2), link(2, LinkLevel::card_product_group);
    EXPECT_EQ(fee_of(), 2);
    issuance(3), link(3, LinkLevel::card_product);
    EXPECT_EQ(fee_of(), 3);
    issuance(4), link(4, LinkLevel::card);
    EXPECT_EQ(fee_of(), 4);
}

TEST_F(CardFeeBookTest, at_one_level_more_conditions_then_the_newest) {
    issuance(1, true).issuance_type = IssuanceType::new_card;
    issuance(2, true), issuance(3, true);
    EXPECT_EQ(fee_of(), 1);
    EXPECT_EQ(fee_of(CardFeeType::renewal), 3);
    auto& narrow = issuance(0, true);
    narrow.physical_type = product::ProductType::emv, narrow.rule = "customerAge < 30";
    EXPECT_EQ(fee_of(CardFeeType::renewal), 0) << "two conditions, id 0";
    const CardFeeBook book(source, day_of, broken);
    EXPECT_NE(book.issuance_fee(subject(&customer), CardFeeType::renewal, Instant{1'000}), nullptr);
    narrow.physical_type = product::ProductType::virtual_card;
    EXPECT_EQ(fee_of(CardFeeType::renewal), 3);
}

TEST_F(CardFeeBookTest, dates_rules_and_what_was_made_before) {
    auto& fee = issuance(5, true);
    fee.effective_from = fee.effective_to = today;
    EXPECT_EQ(fee_of(), 5);
    fee.effective_to = Date{today.value - 1}, fee.effective_from.reset();
    EXPECT_EQ(fee_of(), 0);
    fee.effective_to.reset();
    EXPECT_EQ(fee_of(CardFeeType::new_card, Instant{4}), 0) << "the card is older than the fee";
    fee.rule = R"(customerAge == 29 && cardAgeDays == 10 && nationality == "TR" && customerSegment == 80)";
    EXPECT_EQ(fee_of(), 5);
    fee.rule = "isChildCard == true";
    EXPECT_EQ(fee_of(), 0);
    fee.rule.clear(), fee.tenant_wide = false;
    link(5, LinkLevel::card).rule = "isNoname == true";
    link(5, LinkLevel::card_product);
    EXPECT_EQ(fee_of(), 5) << "by the link whose rule holds";
    link(5, LinkLevel::customer_segment);
    const CardFeeBook book(source, day_of, broken);
    EXPECT_NE(book.issuance_fee(subject(nullptr), CardFeeType::new_card, Instant{1'000}), nullptr);
}

TEST_F(CardFeeBookTest, a_rule_that_no_longer_compiles_charges_nobody_and_is_told) {
    issuance(1, true).rule = "noSuchField == 1";
    issuance(2), link(2, LinkLevel::card).rule = "((";
    EXPECT_EQ(fee_of(), 0);
    EXPECT_EQ(broken, (std::vector<std::string>{"1", "2"}));
}

TEST_F(CardFeeBookTest, annual_fees_and_how_they_count) {
    for (const int offset : {3, 0, 3}) {
        auto& fee = source.annual_fees.emplace_back();
        fee.id = EntityId{static_cast<std::int64_t>(source.annual_fees.size())};
        fee.tenant_wide = true;
        fee.charge_month_offset = offset;
        fee.creation_time = Instant::from_seconds(today.value * std::int64_t{86'400} + fee.id.value);
    }
    const CardFeeBook book(source, day_of, broken);
    EXPECT_EQ(book.period_rules(), (std::vector<PeriodRule>{{ChargePeriod::yearly, 0}, {ChargePeriod::yearly, 3}}));
    EXPECT_EQ(book.first_annual_fee_on(), today);
    EXPECT_EQ(book.annual_fee(subject(&customer))->id, EntityId{3});
    CardSubject before = subject(&customer);
    before.on = Date{today.value - 1};
    EXPECT_EQ(book.annual_fee(before), nullptr) << "not for days before it was made";
}

}  // namespace
}  // namespace takas::core::fee
