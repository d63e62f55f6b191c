// A partial approval: what is approved and its fee together are never more than the account has.
#include "core/control/consider_fee.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "core/authorization/decide.hpp"

namespace takas::core::control {
namespace {

using authorization::Facts;
using authorization::TransactionCode;

Facts asks_for(std::int64_t minor, std::int64_t posted_minor) {
    Facts f;
    f.business_date = *make_date(2031, 3, 1);
    f.code = TransactionCode::purchase;
    f.transaction_amount_minor = minor;
    f.transaction_currency = f.account_currency = {949};
    f.card_found = true;
    f.card_status = card::CardStatus::active;
    f.card_expiry = {3501};
    f.posted_minor = posted_minor;
    f.is_partial_approval_allowed = true;
    return f;
}

struct Decided {
    Facts facts;
    authorization::Decision decision;
    Conclusion conclusion;
};

Decided decided(Facts facts, fee::TransactionFee fee, std::vector<fee::Tax> taxes) {
    fee.id = EntityId{1};
    fee.tenant_wide = true;
    PolicySet::Source source;
    source.transaction_fees = {std::move(fee)};
    source.taxes = std::move(taxes);
    const auto set = PolicySet::compile(std::move(source));
    const rule::Facts rule_facts;
    Selection selection;
    Decided out;
    consider(*set, situation_of(facts, rule_facts, {TokenId{1}, "P", EntityId{}}, authorization::billing_of(facts), {}),
             Counters{}, selection, out.conclusion);
    become_facts(*set, out.conclusion, facts);
    out.facts = facts;
    out.decision = authorization::decide(facts);
    return out;
}

fee::Tax tax_of(std::int64_t rate) { return {TenantId{1}, EntityId{1}, "BSMV", Decimal{rate, 0}, true, 1}; }

TEST(PartialFee, IsThatOfWhatIsApproved) {
    fee::TransactionFee three_percent;
    three_percent.rate = Decimal{3, 0};
    // 67.96 and 3 % of it are 70.00; of the 2,000.00 that were asked for it would be 60.00.
    const auto d = decided(asks_for(200'000, 7'000), three_percent, {});
    EXPECT_TRUE(d.decision.approved);
    EXPECT_EQ(d.decision.approved_minor, 6'796);
    EXPECT_EQ(d.facts.fee_minor, 204);
    ASSERT_EQ(d.conclusion.considered.size(), 1U);
    EXPECT_EQ(d.conclusion.considered[0].fee_minor, 204);

    Facts whole = asks_for(200'000, 7'000);
    whole.is_partial_approval_allowed = false;
    const auto refused = decided(whole, three_percent, {});
    EXPECT_FALSE(refused.decision.approved);
    EXPECT_EQ(refused.facts.fee_minor, 6'000);
}

TEST(PartialFee, OfACompletionSeesTheHoldItEnds) {
    fee::TransactionFee one;
    one.amount = Decimal{1, 0};
    Facts f = asks_for(10'000, 10'000);
    f.code = TransactionCode::pre_authorization_completion;
    f.held_minor = f.original_held_minor = f.original_remaining_minor = 10'000;
    f.original_wanted = f.original_found = true;
    f.original_code = TransactionCode::pre_authorization;
    f.original_result = authorization::TransactionResult::approved;
    const auto d = decided(f, one, {});
    EXPECT_EQ(d.decision.approved_minor, 9'900);
    EXPECT_EQ(d.facts.fee_minor, 100);
}

TEST(PartialFee, WithTheAmountIsNeverMoreThanTheAccountHas) {
    rc::check([] {
        fee::TransactionFee fee;
        fee.rate = Decimal{*rc::gen::inRange<std::int64_t>(0, 5'000), 2};  // up to 50 %
        fee.amount = Decimal{*rc::gen::inRange<std::int64_t>(0, 2'000), 2};
        if (*rc::gen::arbitrary<bool>()) fee.min = Decimal{*rc::gen::inRange<std::int64_t>(0, 1'000), 2};
        if (*rc::gen::arbitrary<bool>()) fee.max = Decimal{*rc::gen::inRange<std::int64_t>(1'000, 9'000), 2};
        const bool is_included = *rc::gen::arbitrary<bool>();
        fee.tax_inclusion_mode = is_included ? fee::TaxInclusionMode::included : fee::TaxInclusionMode::excluded;
        std::vector<fee::Tax> taxes;
        for (int i = *rc::gen::inRange(0, 3); i > 0; --i)
            taxes.push_back(tax_of(*rc::gen::inRange<std::int64_t>(0, 30)));
        const Facts asked =
            asks_for(*rc::gen::inRange<std::int64_t>(1, 20'000), *rc::gen::inRange<std::int64_t>(0, 20'000));
        const auto d = decided(asked, fee, taxes);
        const auto total_of = [&](std::int64_t minor) { return fee_for(fee, minor, 2, taxes).total_minor; };
        // The smallest amount of all can be had, or nothing is approved.
        const bool is_had = asked.posted_minor >= 1 + total_of(1);
        RC_ASSERT(d.decision.approved == is_had);
        if (!is_had) return;
        const std::int64_t approved = d.decision.approved_minor;
        RC_ASSERT(approved > 0 && approved <= asked.transaction_amount_minor);
        RC_ASSERT(approved + d.facts.fee_minor <= asked.posted_minor);
        const std::int64_t off = total_of(approved) - d.facts.fee_minor;
        RC_ASSERT(off >= 0 && off <= 1 + static_cast<std::int64_t>(taxes.size()));
        // One more could not be paid with its fee.
        if (approved < asked.transaction_amount_minor)
            RC_ASSERT(approved + 1 + total_of(approved + 1) > asked.posted_minor);
        RC_ASSERT(d.conclusion.fee.net_minor + d.conclusion.fee.tax_minor == d.facts.fee_minor);
        RC_ASSERT(d.conclusion.fee.tax_minor == d.facts.fee_tax_minor);
    });
}

TEST(Fee, ThatNoOperationCanCarryIsNotFree) {
    fee::TransactionFee absurd;
    absurd.amount = Decimal{std::int64_t{9'000'000'000'000'000}, 0};
    EXPECT_EQ(fee_for(absurd, 100, 2, {}).total_minor, money::amount_max_minor);
    absurd.max = Decimal{std::int64_t{9'000'000'000'000'000}, 0};
    EXPECT_EQ(fee_for(absurd, 100, 2, {}).total_minor, money::amount_max_minor);
    Facts f = asks_for(100, 10'000);
    EXPECT_FALSE(decided(f, absurd, {}).decision.approved);
}

}  // namespace
}  // namespace takas::core::control
