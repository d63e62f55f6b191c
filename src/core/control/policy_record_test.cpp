// What is stored of the policy with a decision comes back as it was, that of earlier versions too.
#include "core/control/policy_record.hpp"

#include "core/authorization/compact.hpp"
#include "core/control/one_card_test.hpp"

namespace takas::core::control {
namespace {

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

/// Controls that are linked with rules that do not hold: `count` different ones.
PolicySet::Source idle_source(int count) {
    PolicySet::Source source;
    for (std::int64_t id = 1; id <= count; ++id) {
        source.authorization_controls.push_back(control_of(id, ControlAction::decline, 1));
        source.authorization_controls.back().tenant_wide = false;
        source.links.push_back(link_of(Family::authorization_control, id, LinkLevel::card));
        source.links.back().rule =
            "cardAcceptorName == \"" + std::string(40, 'x') + "\" || mcc == " + std::to_string(id);
    }
    return source;
}

TEST(PolicyRecords, KeepTheTextsOfLinkRulesThatDidNotHold) {
    auto source = idle_source(2);
    source.links.push_back(source.links[0]);
    source.authorization_controls.push_back(control_of(3, ControlAction::decline, 1));
    source.authorization_controls.back().tenant_wide = false;
    source.links.back().control_id = EntityId{3};
    const auto set = PolicySet::compile(source);
    Card card(std::move(source));
    PolicyRecord record;
    record.considered = card.ask(100).considered;
    record.link_rules = take_link_rules(*set, record.considered);
    ASSERT_EQ(record.link_rules.size(), 2U);
    const auto back = decode_policy_record(encode(record));
    ASSERT_TRUE(back);
    ASSERT_EQ(back->considered, record.considered);
    EXPECT_EQ(back->link_rules, record.link_rules);
    const auto text_of = [&](std::size_t i) {
        return back->link_rules[static_cast<std::size_t>(back->considered[i].link_rule)];
    };
    EXPECT_TRUE(text_of(0).ends_with("mcc == 1"));
    EXPECT_TRUE(text_of(1).ends_with("mcc == 2"));
    EXPECT_EQ(text_of(2), text_of(0));
    record.considered[1].link_rule = 2;
    EXPECT_FALSE(decode_policy_record(encode(record))) << "there is no such text";
}

TEST(PolicyRecords, KeepOnlySoMuchTextOfLinkRules) {
    auto source = idle_source(400);
    const auto set = PolicySet::compile(source);
    Card card(std::move(source));
    auto considered = card.ask(100).considered;
    ASSERT_EQ(considered.size(), 400U);
    const auto texts = take_link_rules(*set, considered);
    std::size_t bytes = 0;
    for (const auto& text : texts) bytes += text.size();
    EXPECT_LE(bytes, link_rules_bytes_max);
    EXPECT_GT(bytes, link_rules_bytes_max - 100);
    const auto without = std::ranges::count(considered, -1, &Considered::link_rule);
    EXPECT_EQ(static_cast<std::size_t>(without), 400 - texts.size());
}

/// As it was stored before link rules and generations: one limit that counted.
TEST(PolicyRecords, OfTheFirstVersionAreRead) {
    using authorization::put_varint;
    PolicyRecord expected;
    expected.circumstances.customer_age = 41;
    Considered& one = expected.considered.emplace_back();
    one.family = Family::velocity_control;
    one.id = EntityId{7}, one.version_no = 3;
    one.level = LinkLevel::card, one.outcome = ItemOutcome::within;
    one.key = 99, one.period = VelocityPeriod::daily, one.window = today.value;
    one.before = {1000, 2}, one.added = {500, 1};
    one.limit_count = 5;
    std::string bytes;
    put_varint(bytes, 1);
    authorization::put_fields(bytes, Describe<authorization::Circumstances>::fields, &expected.circumstances);
    put_varint(bytes, 1);
    bytes += "\x02\x14";
    for (const std::int64_t number : {7, 3, 1, 99, today.value, 1000, 2, 500, 1, 0, 0, 0, 1, 5})
        put_varint(bytes, number);
    for (int absent = 0; absent < 2; ++absent) put_varint(bytes, 0);
    const auto back = decode_policy_record(bytes);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->considered, expected.considered);
    EXPECT_EQ(back->circumstances.customer_age, 41);
}

}  // namespace
}  // namespace takas::core::control
