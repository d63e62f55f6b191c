#include "core/webhook/health.hpp"

#include <gtest/gtest.h>

namespace takas::core::webhook {
namespace {

const Instant start = parse_instant("2031-03-01T10:00:00Z").value();

/// As the notifier does it: what the row does not change by is not written.
void attempt(Webhook& webhook, std::int32_t status, Instant now) {
    const Attempt made{status, status == 0 ? "timeout" : "", {}};
    const Webhook before = webhook;
    record_health(webhook, made, now);
    const bool changed = before.is_active != webhook.is_active || before.failing_since != webhook.failing_since;
    EXPECT_EQ(changed, changes_health(before, made, now));
}

TEST(WebhookHealth, FiveDaysWithoutASuccessSwitchOff) {
    Webhook webhook;
    attempt(webhook, 500, start);
    EXPECT_EQ(webhook.failing_since, start);
    attempt(webhook, 0, start.plus_seconds(failing_max_s - 1));
    EXPECT_TRUE(webhook.is_active);
    EXPECT_EQ(webhook.failing_since, start);
    attempt(webhook, 302, start.plus_seconds(failing_max_s));
    EXPECT_FALSE(webhook.is_active);
    EXPECT_EQ(webhook.switched_off, SwitchedOff::failing);
    EXPECT_EQ(webhook.switched_off_at, start.plus_seconds(failing_max_s));
}

TEST(WebhookHealth, OneSuccessStartsTheFiveDaysAgain) {
    Webhook webhook;
    attempt(webhook, 500, start);
    attempt(webhook, 204, start.plus_seconds(10));
    EXPECT_FALSE(webhook.failing_since);
    attempt(webhook, 200, start.plus_seconds(20));
    attempt(webhook, 500, start.plus_seconds(failing_max_s));
    EXPECT_TRUE(webhook.is_active);
    EXPECT_EQ(webhook.failing_since, start.plus_seconds(failing_max_s));
}

TEST(WebhookHealth, GoneIsOffAtOnceAndStaysSo) {
    Webhook webhook;
    attempt(webhook, 410, start);
    EXPECT_FALSE(webhook.is_active);
    EXPECT_EQ(webhook.switched_off, SwitchedOff::receiver_gone);
    attempt(webhook, 200, start.plus_seconds(1));
    attempt(webhook, 500, start.plus_seconds(failing_max_s * 2));
    EXPECT_EQ(webhook.switched_off, SwitchedOff::receiver_gone);
}

TEST(WebhookHealth, SwitchedOnByHandItGetsItsDaysAnew) {
    Webhook webhook;
    attempt(webhook, 500, start);
    attempt(webhook, 500, start.plus_seconds(failing_max_s));
    switch_by_hand(webhook, true, start.plus_seconds(failing_max_s + 1));
    EXPECT_EQ(webhook.switched_off, SwitchedOff::no);
    EXPECT_FALSE(webhook.switched_off_at);
    attempt(webhook, 500, start.plus_seconds(failing_max_s + 2));
    EXPECT_TRUE(webhook.is_active);
    switch_by_hand(webhook, false, start.plus_seconds(failing_max_s + 3));
    EXPECT_EQ(webhook.switched_off, SwitchedOff::by_institution);
    switch_by_hand(webhook, false, start.plus_seconds(failing_max_s + 4));
    EXPECT_EQ(webhook.switched_off_at, start.plus_seconds(failing_max_s + 3));
}

}  // namespace
}  // namespace takas::core::webhook
