#include "core/card/card_security.hpp"

#include <gtest/gtest.h>

namespace takas::core::card {
namespace {

constexpr Instant now{1'000'000};

TEST(CardSecurity, the_limit_blocks_and_nothing_is_right_afterwards) {
    CardSecurity s;
    EXPECT_EQ(enter_pin(s, false, 3), (TryOutcome{.is_changed = true, .remaining = 2}));
    EXPECT_EQ(enter_pin(s, false, 3), (TryOutcome{.is_changed = true, .remaining = 1}));
    EXPECT_EQ(enter_pin(s, false, 3), (TryOutcome{.is_blocked_now = true, .is_changed = true}));
    EXPECT_TRUE(s.is_pin_blocked);
    for (const bool is_right : {true, false}) EXPECT_EQ(enter_pin(s, is_right, 3), (TryOutcome{.was_blocked = true}));
    EXPECT_EQ(s.pin_try_count, 3);
    EXPECT_EQ(s.cvv2_try_count, 0);
}

TEST(CardSecurity, a_right_entry_begins_anew) {
    CardSecurity s;
    enter_cvv2(s, false, 3);
    enter_cvv2(s, false, 3);
    EXPECT_EQ(enter_cvv2(s, true, 3), (TryOutcome{.is_accepted = true, .is_changed = true, .remaining = 3}));
    EXPECT_EQ(enter_cvv2(s, true, 3), (TryOutcome{.is_accepted = true, .remaining = 3}));
}

TEST(CardSecurity, a_lowered_limit_blocks_at_the_next_wrong_entry_and_a_raised_one_lifts_no_block) {
    CardSecurity s;
    enter_pin(s, false, 5);
    enter_pin(s, false, 5);
    EXPECT_EQ(remaining_pin_tries(s, 1), 0);
    EXPECT_TRUE(enter_pin(s, false, 1).is_blocked_now);
    EXPECT_EQ(remaining_pin_tries(s, 9), 0);
    clear_pin_tries(s);
    EXPECT_EQ(remaining_pin_tries(s, 9), 9);
    EXPECT_TRUE(enter_pin(s, false, 0).is_blocked_now);
}

TEST(CardSecurity, a_new_pin_unblocks_and_voids_older_verdicts) {
    CardSecurity s;
    enter_pin(s, false, 1);
    set_pin(s, {key::PinMethod::visa_pvv, EntityId{7}, 2, "1234", EntityId{8}, Blob{"block"}});
    EXPECT_FALSE(s.is_pin_blocked);
    EXPECT_TRUE(has_pin(s));
    EXPECT_EQ(s.pin_version, 1);
    EXPECT_EQ(s.pvki, 2);
}

TEST(CardSecurity, the_transaction_counter_only_rises) {
    CardSecurity s;
    EXPECT_EQ(check_atc(s, 0), AtcVerdict::fresh);
    EXPECT_EQ(check_atc(s, 0xFFFF), AtcVerdict::fresh);
    s.last_atc = 100;
    EXPECT_EQ(check_atc(s, 99), AtcVerdict::not_above);
    EXPECT_EQ(check_atc(s, 100), AtcVerdict::not_above);
    EXPECT_EQ(check_atc(s, 101), AtcVerdict::fresh);
    EXPECT_EQ(check_atc(s, 100 + atc_gap_max), AtcVerdict::fresh);
    EXPECT_EQ(check_atc(s, 101 + atc_gap_max), AtcVerdict::too_far);
}

std::vector<ScriptKind> waiting(const CardSecurity& s) {
    std::vector<ScriptKind> kinds;
    for (const IssuerScript& one : s.scripts) kinds.push_back(one.kind);
    return kinds;
}

TEST(CardSecurity, scripts_wait_once_each_and_take_back_what_nobody_heard) {
    using enum ScriptKind;
    CardSecurity s;
    queue_script(s, application_block, now);
    queue_script(s, application_unblock, now);
    EXPECT_TRUE(s.scripts.empty());
    queue_script(s, application_unblock, now);
    queue_script(s, application_block, now);
    queue_script(s, application_block, now);
    EXPECT_EQ(waiting(s), std::vector{application_block});
    queue_script(s, pin_unblock, now);
    queue_script(s, pin_change, now);
    queue_script(s, pin_unblock, now);
    EXPECT_EQ(waiting(s), (std::vector{application_block, pin_change}));
}

TEST(CardSecurity, scripts_go_out_with_one_answer) {
    using enum ScriptKind;
    CardSecurity s;
    queue_script(s, application_block, now);
    const std::int64_t seen = s.scripts.back().script_no;
    queue_script(s, pin_change, now);
    EXPECT_TRUE(send_scripts(s, TransactionId{5}, seen));
    EXPECT_EQ(waiting(s), std::vector{pin_change});
    ASSERT_EQ(s.sent_scripts.size(), 1U);
    EXPECT_EQ(s.sent_scripts[0].kind, application_block);
    EXPECT_EQ(s.sent_with, TransactionId{5});
    EXPECT_FALSE(send_scripts(s, TransactionId{6}, seen));
    EXPECT_EQ(s.sent_with, TransactionId{5});
    EXPECT_TRUE(send_scripts(s, TransactionId{7}, s.script_no));
    EXPECT_TRUE(s.scripts.empty());
}

TEST(CardSecurity, remembers_the_newest_replies) {
    CardSecurity s;
    for (std::size_t i = 0; i <= security_replies_max; ++i) remember_reply(s, {std::to_string(i), true, 3});
    EXPECT_EQ(s.replies.size(), security_replies_max);
    EXPECT_EQ(s.replies.front().request, "1");
    EXPECT_EQ(s.replies.back().request, "8");
}

}  // namespace
}  // namespace takas::core::card
