// What a set makes of stored rules that cannot be read: refusals and limits stay, permissions and fees do not.
#include "core/control/policy_set.hpp"

#include <gtest/gtest.h>

#include "core/product/product.hpp"

namespace takas::core::control {
namespace {

constexpr std::string_view unreadable = "cardAcceptorName == \"a\nb\"";

template <class Row>
Row row_of(std::int64_t id, std::string_view rule, bool tenant_wide = true) {
    Row row;
    row.id = EntityId{id};
    row.name = "row " + std::to_string(id);
    row.rule = rule;
    row.tenant_wide = tenant_wide;
    return row;
}

AuthorizationControl control_of(std::int64_t id, ControlAction action, std::string_view rule, bool tenant_wide = true) {
    auto row = row_of<AuthorizationControl>(id, rule, tenant_wide);
    row.action = action;
    return row;
}

TEST(PolicySets, ARuleThatCannotBeReadFailsClosed) {
    PolicySet::Source source;
    auto decline = control_of(1, ControlAction::decline, unreadable);
    decline.criteria.mcc = 7995;
    source.authorization_controls = {decline, control_of(2, ControlAction::allow, unreadable)};
    source.velocity_controls = {row_of<VelocityControl>(3, unreadable)};
    source.transaction_fees = {row_of<fee::TransactionFee>(4, unreadable)};
    source.authorization_shadows = {{control_of(5, ControlAction::decline, unreadable), 2}};
    source.velocity_shadows = {{row_of<VelocityControl>(6, unreadable), 2}};
    std::vector<BrokenRule> broken;
    const auto set = PolicySet::compile(std::move(source), &broken);
    std::vector<std::string> names;
    for (const BrokenRule& one : broken) names.push_back(one.name);
    EXPECT_EQ(names, (std::vector<std::string>{"row 1", "row 2", "row 5", "row 3", "row 6", "row 4"}));
    EXPECT_EQ(broken[3], (BrokenRule{Family::velocity_control, EntityId{3}, "row 3", {}}));

    ASSERT_EQ(set->authorization_items().size(), 1U);
    const AuthorizationItem& kept = set->authorization_items().front();
    EXPECT_EQ(kept.id, EntityId{1});
    rule::Facts facts;
    facts[rule::Field::mcc] = rule::Value::integer(7995);
    EXPECT_TRUE(kept.matches(facts));
    facts[rule::Field::mcc] = rule::Value::integer(5411);
    EXPECT_FALSE(kept.matches(facts)) << "its criteria can be read";

    ASSERT_EQ(set->velocity_items().size(), 1U);
    EXPECT_EQ(set->velocity_items().front().id, EntityId{3});
    EXPECT_TRUE(set->velocity_items().front().matches({}));
    EXPECT_TRUE(set->fee_items().empty());
}

TEST(PolicySets, ALinkWhoseRuleCannotBeReadFailsClosed) {
    PolicySet::Source source;
    source.authorization_controls = {control_of(1, ControlAction::decline, "", false),
                                     control_of(2, ControlAction::allow, "", false)};
    source.velocity_controls = {row_of<VelocityControl>(3, "", false)};
    source.transaction_fees = {row_of<fee::TransactionFee>(4, "", false)};
    for (const auto& [family, id] : {std::pair(Family::authorization_control, 1),
                                     {Family::authorization_control, 2},
                                     {Family::velocity_control, 3},
                                     {Family::transaction_fee, 4}}) {
        ControlLink link;
        link.family = family, link.control_id = EntityId{id};
        link.level = LinkLevel::card_product, link.card_product_code = "P";
        link.id = EntityId{100 + id};
        link.rule = unreadable;
        source.links.push_back(std::move(link));
    }
    std::vector<BrokenRule> broken;
    const auto set = PolicySet::compile(std::move(source), &broken);
    ASSERT_EQ(broken.size(), 4U);
    EXPECT_EQ(broken[2], (BrokenRule{Family::velocity_control, EntityId{3}, "row 3", EntityId{103}}));
    Selection selection;
    set->select({TokenId{1}, "P", {}}, {}, selection);
    for (std::size_t i = 0; i < set->authorization_items().size(); ++i)
        EXPECT_EQ(selection.level(i).has_value(), set->authorization_items()[i].action == ControlAction::decline);
    EXPECT_EQ(selection.level(set->velocity_begin()), LinkLevel::card_product);
    EXPECT_FALSE(selection.level(set->fee_begin()));
    set->select({TokenId{1}, "other", {}}, {}, selection);
    EXPECT_FALSE(selection.level(set->velocity_begin()));
}

TEST(PolicySets, WithoutATransactionALinkThatAsksForOneConcernsTheCardAtTimes) {
    PolicySet::Source source;
    const std::array rules{"", "mcc == 5411", "mcc != 5411", "cardDci == \"Credit\"", "cardDci == \"Debit\""};
    for (std::int64_t id = 1; id <= 5; ++id) {
        source.velocity_controls.push_back(row_of<VelocityControl>(id, "", false));
        ControlLink link;
        link.family = Family::velocity_control, link.control_id = EntityId{id};
        link.level = LinkLevel::card_product, link.card_product_code = "P";
        link.rule = rules[static_cast<std::size_t>(id - 1)];
        source.links.push_back(std::move(link));
    }
    const auto set = PolicySet::compile(std::move(source));
    rule::Facts facts;
    facts[rule::Field::card_dci] = rule::Value::name(product::CardDci::debit);
    const auto seen = [&](bool is_wide) {
        Selection selection;
        set->select_for_card({TokenId{1}, "P", {}}, facts, is_wide, selection);
        std::string out;
        for (std::size_t i = 0; i < 5; ++i) out += selection.level(set->velocity_begin() + i) ? 'x' : '-';
        return out;
    };
    EXPECT_EQ(seen(false), "x---x");
    EXPECT_EQ(seen(true), "xxx-x");
}

}  // namespace
}  // namespace takas::core::control
