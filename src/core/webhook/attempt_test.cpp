#include "core/webhook/attempt.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace takas::core::webhook {
namespace {

const Instant now = parse_instant("2031-03-01T10:00:00Z").value();

constexpr std::uint32_t middle_dice = 0x8000'0000;  // no jitter

WebhookDelivery attempted(std::int32_t status, std::optional<std::int64_t> retry_after_s = {},
                          std::int16_t attempts_before = 0, std::int64_t retries_allowed = 10) {
    WebhookDelivery d;
    d.attempt_count = attempts_before;
    record_attempt(d, {status, status == 0 ? "timeout" : "", retry_after_s}, retries_allowed, now, middle_dice);
    return d;
}

TEST(Attempt, FollowsTheScheduleOfTheContract) {
    const std::vector<std::int64_t> published{10, 30, 120, 600, 1800, 3600, 10800, 21600, 43200, 86400};
    WebhookDelivery d;
    for (const std::int64_t delay_s : published) {
        record_attempt(d, {500, "", {}}, 10, now, middle_dice);
        EXPECT_EQ(d.state, DeliveryState::pending);
        EXPECT_EQ(d.next_attempt_at, now.plus_seconds(delay_s)) << delay_s;
    }
    record_attempt(d, {500, "", {}}, 10, now, 0);
    EXPECT_EQ(d.state, DeliveryState::dead);
    EXPECT_EQ(d.attempt_count, 11);
    EXPECT_FALSE(d.next_attempt_at);
}

TEST(Attempt, SpreadsRetriesByTwentyPercent) {
    EXPECT_EQ(retry_delay_us(10, 0), 69'120'000'000);
    EXPECT_GT(retry_delay_us(10, 0xFFFF'FFFF), 103'679'000'000);
    EXPECT_TRUE(rc::check("within the spread", [](std::uint32_t dice) {
        const auto retry_no = *rc::gen::inRange(1, 11);
        const std::int64_t middle = retry_delays_s[static_cast<std::size_t>(retry_no) - 1] * 1'000'000;
        const std::int64_t delay = retry_delay_us(retry_no, dice);
        RC_ASSERT(delay >= middle * 8 / 10 && delay <= middle * 12 / 10);
    }));
}

TEST(Attempt, OnlyTwoHundredsAreSuccess) {
    for (const int status : {200, 201, 202, 204, 299}) {
        const auto d = attempted(status);
        EXPECT_EQ(d.state, DeliveryState::delivered) << status;
        EXPECT_EQ(d.delivered_at, now);
    }
    for (const int status : {0, 100, 199, 301, 302, 307, 308, 400, 404, 429, 500, 503}) {
        const auto d = attempted(status);
        EXPECT_EQ(d.state, DeliveryState::pending) << status;
        EXPECT_EQ(d.last_status, status);
        EXPECT_FALSE(d.delivered_at);
    }
}

TEST(Attempt, GoneIsFinal) { EXPECT_EQ(attempted(410).state, DeliveryState::dead); }

TEST(Attempt, TheSubscriptionMayAllowFewerRetries) {
    EXPECT_EQ(attempted(500, {}, 0, 0).state, DeliveryState::dead);
    EXPECT_EQ(attempted(500, {}, 1, 2).state, DeliveryState::pending);
    EXPECT_EQ(attempted(500, {}, 2, 2).state, DeliveryState::dead);
    EXPECT_EQ(attempted(500, {}, 10, 99).state, DeliveryState::dead);
}

TEST(Attempt, PatienceIsGivenToThoseWhoMayAskForIt) {
    EXPECT_EQ(attempted(429, 3600).next_attempt_at, now.plus_seconds(3600));
    EXPECT_EQ(attempted(503, 3600).next_attempt_at, now.plus_seconds(3600));
    EXPECT_LE(attempted(500, 3600).next_attempt_at, now.plus_seconds(12));
    EXPECT_GE(attempted(429, 0).next_attempt_at, now.plus_seconds(8));  // never sooner than the schedule
}

TEST(Attempt, ReadsRetryAfterInEveryForm) {
    EXPECT_EQ(parse_retry_after("120", now), 120);
    EXPECT_EQ(parse_retry_after("0", now), 0);
    EXPECT_EQ(parse_retry_after("Sat, 01 Mar 2031 10:01:30 GMT", now), 90);
    EXPECT_EQ(parse_retry_after("Sat, 01 Mar 2031 09:00:00 GMT", now), 0);
    // Ten years, and more than any integer.
    EXPECT_EQ(parse_retry_after("315360000", now), retry_after_max_s);
    EXPECT_EQ(parse_retry_after("99999999999999999999999999", now), retry_after_max_s);
    EXPECT_EQ(parse_retry_after("Sat, 01 Mar 2041 10:00:00 GMT", now), retry_after_max_s);
    for (const char* bad : {"", "-1", "1.5", "soon", "Sat, 01 Foo 2031 10:01:30 GMT", "Sat, 31 Feb 2031 10:01:30 GMT",
                            "Sat, 01 Mar 2031 25:00:00 GMT", "Sat, 01 Mar 2031 10:01:30 CET", "2031-03-01T10:00:00Z"})
        EXPECT_FALSE(parse_retry_after(bad, now)) << bad;
}

}  // namespace
}  // namespace takas::core::webhook
