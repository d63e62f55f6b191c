#include "app/card_security/verdicts.hpp"

#include <gtest/gtest.h>

namespace takas::app::card_security {
namespace {

using namespace core::authorization;
using core::card::CardSecurity;

constexpr TransactionId this_one{9};

struct VerdictsTest : ::testing::Test {
    CardSecurity security;
    Request request;
    Verdicts verdicts;

    static Facts facts() {
        Facts f;
        f.code = TransactionCode::purchase;
        f.transaction_amount_minor = 100;
        f.transaction_currency = f.account_currency = {949};
        f.posted_minor = 1'000;
        f.card_found = true;
        f.card_status = core::card::CardStatus::active;
        f.card_expiry = {9912};
        return f;
    }
    Decision decide_with(Facts f) {
        become_facts(verdicts, security, request, f);
        return decide(f);
    }
    Counted count_after(Facts f) { return count(verdicts, request, decide_with(f), this_one, security); }
    void wrong_pin() {
        verdicts.pin = Verdict::failed;
        verdicts.is_pin_guess = true;
    }
    void good_chip(std::int32_t atc) {
        verdicts.arqc = Verdict::passed;
        verdicts.arqc_result = ArqcResultCode::passed;
        verdicts.atc = atc;
    }
};

TEST_F(VerdictsTest, a_message_without_secrets_leaves_everything_alone) {
    const Decision decision = decide_with(facts());
    EXPECT_TRUE(decision.approved);
    EXPECT_EQ(request.cvc_result, CvcResultCode::not_performed);
    EXPECT_FALSE(count(verdicts, request, decision, this_one, security).is_changed);
}

TEST_F(VerdictsTest, wrong_pins_are_counted_and_the_limit_blocks_once) {
    wrong_pin();
    for (int i = 1; i <= 2; ++i) {
        const Counted counted = count_after(facts());
        EXPECT_TRUE(counted.is_changed);
        EXPECT_FALSE(counted.is_pin_blocked_now);
    }
    EXPECT_EQ(decide_with(facts()).reason, DeclineReason::pin_wrong);
    EXPECT_TRUE(count_after(facts()).is_pin_blocked_now);
    EXPECT_EQ(decide_with(facts()).reason, DeclineReason::pin_blocked);
    EXPECT_FALSE(count_after(facts()).is_changed);
    verdicts.pin = Verdict::passed;
    EXPECT_EQ(decide_with(facts()).reason, DeclineReason::pin_blocked);
}

TEST_F(VerdictsTest, a_pin_that_no_rule_asked_about_is_no_guess) {
    wrong_pin();
    Facts suspended = facts();
    suspended.card_status = core::card::CardStatus::suspended;
    EXPECT_FALSE(count_after(suspended).is_changed);
    verdicts.is_pin_guess = false;  // the card has no PIN
    EXPECT_FALSE(count_after(facts()).is_changed);
    EXPECT_EQ(decide_with(facts()).reason, DeclineReason::pin_wrong);
}

TEST_F(VerdictsTest, a_right_pin_clears_the_counter) {
    security.pin_try_count = 2;
    verdicts.pin = Verdict::passed;
    verdicts.is_pin_guess = true;
    EXPECT_TRUE(count_after(facts()).is_changed);
    EXPECT_EQ(security.pin_try_count, 0);
}

TEST_F(VerdictsTest, a_blocked_cvv2_is_not_asked_about) {
    verdicts.cvv2 = Verdict::passed;
    verdicts.cvc_result = CvcResultCode::cvv2_passed;
    EXPECT_TRUE(decide_with(facts()).approved);
    EXPECT_EQ(request.cvc_result, CvcResultCode::cvv2_passed);
    security.is_cvv2_blocked = true;
    EXPECT_EQ(decide_with(facts()).reason, DeclineReason::cvv2_blocked);
    EXPECT_EQ(request.cvc_result, CvcResultCode::cvv2_failed);
}

TEST_F(VerdictsTest, a_counter_seen_before_fails_a_good_cryptogram) {
    good_chip(10);
    EXPECT_TRUE(count_after(facts()).is_changed);
    EXPECT_EQ(security.last_atc, 10);
    EXPECT_EQ(decide_with(facts()).reason, DeclineReason::arqc_failed);
    EXPECT_EQ(request.arqc_result, ArqcResultCode::atc_invalid);
    EXPECT_FALSE(count_after(facts()).is_changed);
    verdicts.atc = 11;
    EXPECT_TRUE(decide_with(facts()).approved);
    EXPECT_EQ(request.arqc_result, ArqcResultCode::passed);
}

TEST_F(VerdictsTest, a_decline_uses_the_counter_up_and_takes_the_scripts) {
    good_chip(10);
    core::card::queue_script(security, core::card::ScriptKind::application_block, Instant{1});
    verdicts.last_script_no = security.script_no;
    Facts poor = facts();
    poor.posted_minor = 0;
    EXPECT_TRUE(count_after(poor).is_changed);
    EXPECT_EQ(security.last_atc, 10);
    EXPECT_TRUE(security.scripts.empty());
    EXPECT_EQ(security.sent_with, this_one);
}

TEST_F(VerdictsTest, another_message_under_a_used_key_moves_nothing) {
    good_chip(10);
    wrong_pin();
    Facts duplicate = facts();
    duplicate.duplicate = Duplicate::other_content;
    EXPECT_FALSE(count_after(duplicate).is_changed);
}

TEST_F(VerdictsTest, a_code_of_a_contactless_track_is_good_once) {
    verdicts.cvv = Verdict::passed;
    verdicts.cvc_result = CvcResultCode::cvv_passed;
    verdicts.stripe_atc = 10;
    EXPECT_TRUE(decide_with(facts()).approved);
    EXPECT_TRUE(count_after(facts()).is_changed);
    EXPECT_EQ(security.last_atc, 10);
    EXPECT_EQ(decide_with(facts()).reason, DeclineReason::cvv_wrong);
    EXPECT_EQ(request.cvc_result, CvcResultCode::cvv_failed);
    EXPECT_FALSE(count_after(facts()).is_changed);
    verdicts.stripe_atc = 1'010;
    EXPECT_EQ(decide_with(facts()).reason, DeclineReason::cvv_wrong) << "the same last digits again are far ahead";
    EXPECT_FALSE(count_after(facts()).is_changed);
    verdicts.stripe_atc = 11;
    Facts duplicate = facts();
    duplicate.duplicate = Duplicate::other_content;
    EXPECT_FALSE(count_after(duplicate).is_changed);
    EXPECT_EQ(security.last_atc, 10);
}

TEST_F(VerdictsTest, a_pin_that_cannot_be_checked_is_no_try) {
    verdicts.pin = Verdict::uncheckable;
    const Decision decision = decide_with(facts());
    EXPECT_EQ(decision.reason, DeclineReason::pin_not_verifiable);
    EXPECT_EQ(decision.response_code, ResponseCode::cannot_verify_pin);
    EXPECT_FALSE(count_after(facts()).is_changed);
    security.is_pin_blocked = true;
    EXPECT_EQ(decide_with(facts()).reason, DeclineReason::pin_blocked);
}

TEST_F(VerdictsTest, a_wrong_cryptogram_moves_no_counter) {
    verdicts.arqc = Verdict::failed;
    verdicts.arqc_result = ArqcResultCode::failed;
    EXPECT_FALSE(count_after(facts()).is_changed);
    EXPECT_EQ(security.last_atc, -1);
    EXPECT_EQ(decide_with(facts()).reason, DeclineReason::arqc_failed);
}

TEST_F(VerdictsTest, verdicts_on_another_pin_are_outdated) {
    verdicts.pin = Verdict::passed;
    EXPECT_FALSE(is_outdated(verdicts, security));
    security.pin_version = 1;
    EXPECT_TRUE(is_outdated(verdicts, security));
    verdicts.pin = Verdict::not_performed;
    EXPECT_FALSE(is_outdated(verdicts, security));
}

}  // namespace
}  // namespace takas::app::card_security
