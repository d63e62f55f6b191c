#include "core/authorization/decide.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace takas::core::authorization {
namespace {

Facts good_purchase() {
    Facts f;
    f.decided_at = *parse_instant("2026-11-21T12:00:00Z");
    f.business_date = date_of(f.decided_at);
    f.code = TransactionCode::purchase;
    f.transaction_amount_minor = 4000;
    f.transaction_currency = {949};
    f.card_found = true;
    f.card_status = card::CardStatus::active;
    f.card_expiry = {3101};
    f.account_currency = {949};
    f.posted_minor = 10'000;
    return f;
}

product::UsagePolicy no_shops() {
    product::UsagePolicy policy;
    policy.refused[0].add(product::Usage::pos);
    return policy;
}

Check check_of(const Decision& d, Rule rule) { return d.checks[static_cast<std::size_t>(rule)]; }

TEST(decide, approves_when_nothing_objects) {
    const Decision d = decide(good_purchase());
    EXPECT_TRUE(d.approved);
    EXPECT_EQ(d.approved_minor, 4000);
    EXPECT_EQ(d.response_code, ResponseCode::approved);
    EXPECT_EQ(check_of(d, Rule::balance), (Check{Outcome::passed, 10'000, 4000}));
    EXPECT_EQ(check_of(d, Rule::pin).outcome, Outcome::skipped);
}

TEST(decide, nothing_is_had_for_a_billing_amount_of_zero) {
    Facts f = good_purchase();
    f.transaction_currency = {840};
    f.network_billing_minor = 0;
    EXPECT_EQ(decide(f).reason, DeclineReason::amount_invalid);
    f.is_forced = true;
    EXPECT_EQ(decide(f).reason, DeclineReason::amount_invalid);
    f = good_purchase();
    f.transaction_currency = {360};
    f.transaction_amount_minor = 1;
    f.rate_e9 = 2'400'000;
    EXPECT_EQ(decide(f).reason, DeclineReason::amount_invalid);
    f.code = TransactionCode::balance_inquiry;
    EXPECT_TRUE(decide(f).approved);
}

TEST(decide, a_minor_unit_of_rounding_does_not_stop_a_refund_in_another_currency) {
    Facts f = good_purchase();
    f.code = TransactionCode::refund;
    f.transaction_currency = {840};
    f.original_wanted = f.original_found = true;
    f.original_code = TransactionCode::purchase;
    f.original_result = TransactionResult::approved;
    f.original_remaining_minor = 1'000;
    f.original_refunded_minor = 500;
    f.network_billing_minor = 501;
    EXPECT_TRUE(decide(f).approved);
    EXPECT_EQ(decide(f).approved_minor, 500);
    f.network_billing_minor = 502;
    EXPECT_EQ(decide(f).reason, DeclineReason::amount_invalid);
    f.network_billing_minor = 1;
    f.original_refunded_minor = 1'000;
    EXPECT_EQ(decide(f).reason, DeclineReason::amount_invalid);
    f.transaction_currency = {949};
    f.transaction_amount_minor = 501;
    f.original_refunded_minor = 500;
    EXPECT_EQ(decide(f).reason, DeclineReason::amount_invalid);
}

struct Case {
    const char* name;
    void (*spoil)(Facts&);
    Rule rule;
    DeclineReason reason;
};

/// In rule order: each case spoils one thing, and everything behind it too, to show that the first objection answers.
const Case cases[] = {
    {"zero amount", [](Facts& f) { f.transaction_amount_minor = 0; }, Rule::format, DeclineReason::amount_invalid},
    {"no currency", [](Facts& f) { f.transaction_currency = {}; }, Rule::format, DeclineReason::format_error},
    {"duplicate", [](Facts& f) { f.duplicate = Duplicate::other_content; }, Rule::duplicate,
     DeclineReason::duplicate_message},
    {"unknown card", [](Facts& f) { f.card_found = false; }, Rule::card_found, DeclineReason::card_not_found},
    {"not activated", [](Facts& f) { f.card_status = card::CardStatus::pending_activation; }, Rule::card_status,
     DeclineReason::card_not_active},
    {"suspended", [](Facts& f) { f.card_status = card::CardStatus::suspended; }, Rule::card_status,
     DeclineReason::card_suspended},
    {"closed", [](Facts& f) { f.card_status = card::CardStatus::closed; }, Rule::card_status,
     DeclineReason::card_closed},
    {"lost", [](Facts& f) { f.card_status = card::CardStatus::lost; }, Rule::card_status, DeclineReason::card_lost},
    {"stolen", [](Facts& f) { f.card_status = card::CardStatus::stolen; }, Rule::card_status,
     DeclineReason::card_stolen},
    {"fraud", [](Facts& f) { f.card_status = card::CardStatus::fraud; }, Rule::card_status, DeclineReason::card_fraud},
    {"expired", [](Facts& f) { f.card_expiry = {2610}; }, Rule::card_expiry, DeclineReason::card_expired},
    {"other expiry", [](Facts& f) { f.stated_expiry = card::Expiry{3102}; }, Rule::card_expiry,
     DeclineReason::card_expired},
    {"unknown code", [](Facts& f) { f.code = TransactionCode::unknown; }, Rule::transaction_code,
     DeclineReason::code_not_supported},
    {"original missing", [](Facts& f) { f.code = TransactionCode::pre_authorization_completion; }, Rule::original,
     DeclineReason::original_not_found},
    {"CVV", [](Facts& f) { f.cvv = Verdict::failed; }, Rule::cvv, DeclineReason::cvv_wrong},
    {"CVV2", [](Facts& f) { f.cvv2 = Verdict::failed; }, Rule::cvv2, DeclineReason::cvv2_wrong},
    {"CVV2 blocked", [](Facts& f) { f.cvv2 = Verdict::blocked; }, Rule::cvv2, DeclineReason::cvv2_blocked},
    {"PIN", [](Facts& f) { f.pin = Verdict::failed; }, Rule::pin, DeclineReason::pin_wrong},
    {"PIN blocked", [](Facts& f) { f.pin = Verdict::blocked; }, Rule::pin, DeclineReason::pin_blocked},
    {"ARQC", [](Facts& f) { f.arqc = Verdict::failed; }, Rule::arqc, DeclineReason::arqc_failed},
    {"CAVV", [](Facts& f) { f.cavv = Verdict::failed; }, Rule::cavv, DeclineReason::cavv_failed},
    {"policy", [](Facts& f) { f.policy = terms_of(no_shops(), product::Side::domestic); }, Rule::policy,
     DeclineReason::policy_refused},
    {"control", [](Facts& f) { f.authorization_control = Verdict::failed; }, Rule::authorization_controls,
     DeclineReason::control_refused},
    {"no rate", [](Facts& f) { f.transaction_currency = {840}; }, Rule::currency_conversion,
     DeclineReason::currency_not_convertible},
    {"velocity amount", [](Facts& f) { f.velocity_amount = Verdict::failed; }, Rule::velocity,
     DeclineReason::velocity_amount_exceeded},
    {"velocity count", [](Facts& f) { f.velocity_count = Verdict::failed; }, Rule::velocity,
     DeclineReason::velocity_count_exceeded},
    {"no money", [](Facts& f) { f.posted_minor = 3999; }, Rule::balance, DeclineReason::insufficient_balance},
};

TEST(decide, each_rule_objects_with_its_own_reason) {
    for (const Case& c : cases) {
        Facts f = good_purchase();
        c.spoil(f);
        const Decision d = decide(f);
        EXPECT_FALSE(d.approved) << c.name;
        EXPECT_EQ(d.reason, c.reason) << c.name;
        EXPECT_EQ(d.response_code, decline_row(c.reason).response_code) << c.name;
        EXPECT_EQ(check_of(d, c.rule).outcome, Outcome::failed) << c.name;
        EXPECT_EQ(d.approved_minor, 0) << c.name;
        for (auto i = static_cast<std::size_t>(c.rule) + 1; i < rule_count; ++i)
            EXPECT_EQ(d.checks[i].outcome, Outcome::not_reached) << c.name;
    }
}

TEST(decide, the_first_objection_is_the_answer) {
    for (const Case& first : cases)
        for (const Case& second : cases) {
            if (second.rule <= first.rule) continue;
            Facts f = good_purchase();
            second.spoil(f);
            first.spoil(f);
            EXPECT_EQ(decide(f).reason, first.reason) << first.name << " before " << second.name;
        }
}

TEST(decide, converts_before_it_looks_at_the_balance) {
    Facts f = good_purchase();
    f.transaction_currency = {840};
    f.transaction_amount_minor = 1000;
    f.rate_e9 = 32'000'000'000;
    EXPECT_EQ(decide(f).reason, DeclineReason::insufficient_balance);
    f.posted_minor = 32'000;
    const Decision d = decide(f);
    EXPECT_TRUE(d.approved);
    EXPECT_EQ(d.billing_minor, 32'000);
    f.network_billing_minor = 31'000;
    EXPECT_EQ(decide(f).billing_minor, 31'000);
    f.rate_e9.reset();
    EXPECT_EQ(decide(f).conversion_rate_e9, 31'000'000'000);
}

TEST(decide, holds_count_and_credit_counts) {
    Facts f = good_purchase();
    f.held_minor = 6001;
    EXPECT_EQ(decide(f).reason, DeclineReason::insufficient_balance);
    f.credit_limit_minor = 1;
    EXPECT_TRUE(decide(f).approved);
}

TEST(decide, gives_what_is_there_when_the_terminal_can_take_less) {
    Facts f = good_purchase();
    f.posted_minor = 2500;
    f.is_partial_approval_allowed = true;
    const Decision d = decide(f);
    EXPECT_TRUE(d.approved);
    EXPECT_EQ(d.approved_minor, 2500);
    f.posted_minor = 0;
    EXPECT_FALSE(decide(f).approved);
}

TEST(decide, an_advice_is_never_refused_for_lack_of_money) {
    Facts f = good_purchase();
    f.posted_minor = 0;
    f.is_forced = true;
    EXPECT_EQ(decide(f).approved_minor, 4000);
}

TEST(decide, inquiries_take_nothing) {
    for (const auto code : {TransactionCode::balance_inquiry, TransactionCode::account_verification}) {
        Facts f = good_purchase();
        f.code = code;
        f.transaction_amount_minor = 0;
        f.posted_minor = 0;
        const Decision d = decide(f);
        EXPECT_TRUE(d.approved);
        EXPECT_EQ(d.approved_minor, 0);
    }
}

Facts completion(std::int64_t amount) {
    Facts f = good_purchase();
    f.code = TransactionCode::pre_authorization_completion;
    f.transaction_amount_minor = amount;
    f.original_wanted = f.original_found = true;
    f.original_code = TransactionCode::pre_authorization;
    f.original_held_minor = f.original_remaining_minor = 10'000;
    f.posted_minor = f.held_minor = 10'000;  // all of it is held by the pre-authorization
    return f;
}

TEST(decide, a_completion_may_use_its_own_hold) {
    EXPECT_TRUE(decide(completion(10'000)).approved);
    EXPECT_EQ(decide(completion(10'001)).reason, DeclineReason::insufficient_balance);
    EXPECT_EQ(decide(completion(11'501)).reason, DeclineReason::amount_invalid);
    Facts f = completion(11'500);
    f.posted_minor = 11'500;
    EXPECT_TRUE(decide(f).approved);
    f.original_state = TransactionState::completed;
    EXPECT_EQ(decide(f).reason, DeclineReason::original_not_reversible);
}

TEST(decide, a_linked_refund_is_at_most_what_is_left) {
    Facts f = good_purchase();
    f.code = TransactionCode::refund;
    f.original_wanted = f.original_found = true;
    f.original_code = TransactionCode::purchase;
    f.original_remaining_minor = 4000;
    EXPECT_TRUE(decide(f).approved);
    f.original_refunded_minor = 1;
    EXPECT_EQ(decide(f).reason, DeclineReason::amount_invalid);
}

TEST(facts, survive_storage_and_give_the_same_decision) {
    EXPECT_TRUE(rc::check([] {
        Facts f = good_purchase();
        f.code = static_cast<TransactionCode>(*rc::gen::inRange(0, 26));
        f.transaction_amount_minor = *rc::gen::inRange<std::int64_t>(-10, 20'000);
        f.transaction_currency = {*rc::gen::element<std::int16_t>(949, 840)};
        if (*rc::gen::arbitrary<bool>()) f.rate_e9 = *rc::gen::inRange<std::int64_t>(0, 50'000'000'000);
        if (*rc::gen::arbitrary<bool>()) f.network_billing_minor = *rc::gen::inRange<std::int64_t>(-5, 20'000);
        f.posted_minor = *rc::gen::inRange<std::int64_t>(-5000, 20'000);
        f.held_minor = *rc::gen::inRange<std::int64_t>(0, 20'000);
        f.card_status = static_cast<card::CardStatus>(*rc::gen::inRange(0, 7));
        f.is_partial_approval_allowed = *rc::gen::arbitrary<bool>();
        const auto stored = encode_facts(f);
        const auto back = decode_facts(stored);
        RC_ASSERT(back.has_value());
        RC_ASSERT(encode_facts(*back) == stored);
        const Decision d = decide(f);
        RC_ASSERT(decide(*back) == d);
        RC_ASSERT(decode_checks(encode_checks(d.checks)) == d.checks);
        RC_ASSERT(d.approved == (d.reason == DeclineReason::none));
        RC_ASSERT(d.approved_minor >= 0 && d.approved_minor <= std::max<std::int64_t>(d.billing_minor, 0));
    }));
}

TEST(facts, damaged_bytes_are_no_facts) {
    const auto stored = encode_facts(good_purchase());
    EXPECT_FALSE(decode_facts(""));
    EXPECT_FALSE(decode_facts(stored.substr(0, stored.size() - 1)));
    EXPECT_FALSE(decode_facts(stored + '\0'));
    EXPECT_FALSE(decode_facts(std::string(500, '\xFF')));
}

TEST(codes, every_reason_and_code_has_a_row) {
    for (int n = 1; n <= 30; ++n) EXPECT_EQ(static_cast<int>(decline_row(static_cast<DeclineReason>(n)).reason), n);
    EXPECT_EQ(public_code(DeclineReason::duplicate_message), "AUTH:00018");
    EXPECT_EQ(wire_code(ResponseCode::duplicate_message), "94");
    EXPECT_EQ(wire_code(ResponseCode::insufficient_funds), "51");
    EXPECT_EQ(wire_code(ResponseCode::lost_card_pick_up), "41");
}

}  // namespace
}  // namespace takas::core::authorization
