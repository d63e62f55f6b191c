// What follows from one attempt to deliver a webhook: done, again later, given up, or the receiver is gone. Pure; the
// clock, the network and the dice are the caller's.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/webhook/webhook.hpp"

namespace takas::core::webhook {

/// How long to wait before the first retry, the second ... (contract 4.8). After the last one the delivery is dead.
inline constexpr std::array<std::int64_t, 10> retry_delays_s{10,    30,     120,    600,    1'800,
                                                             3'600, 10'800, 21'600, 43'200, 86'400};
inline constexpr std::int16_t max_retry_count = retry_delays_s.size();

/// Retries are spread by this much in both directions, so that receivers do not get them all at once.
inline constexpr std::int64_t jitter_percent = 20;

/// A receiver may ask for patience up to here, not more.
inline constexpr std::int64_t retry_after_max_s = 86'400;

/// The error of a delivery that was given up because its subscription was removed.
inline constexpr std::string_view webhook_deleted = "webhook_deleted";

/// How an attempt ended.
struct Attempt {
    std::int32_t status = 0;  ///< HTTP status, 0 when no answer came
    std::string error;        ///< one machine word when something else than the status is to blame, else ""
    std::optional<std::int64_t> retry_after_s;  ///< asked for by the receiver
};

/// Retry-After (RFC 9110, 10.2.3): seconds or an HTTP date, at most retry_after_max_s; a moment that has passed is 0.
/// Nothing when the text is neither.
std::optional<std::int64_t> parse_retry_after(std::string_view text, Instant now);

/// The delay before retry number `retry_no` (1 is the first) with its jitter, in microseconds; `dice` is any random
/// number. `retry_no` beyond the schedule counts as the last.
std::int64_t retry_delay_us(std::int64_t retry_no, std::uint32_t dice);

/// 2xx only: a redirect is a failure.
bool is_success(const Attempt& attempt);
/// 410: the receiver wants no more deliveries at all.
bool is_gone(const Attempt& attempt);

/// Writes the outcome into the delivery: delivered, pending with the time of the next attempt, or dead when the retries
/// are used up or the receiver is gone.
void record_attempt(WebhookDelivery& delivery, const Attempt& attempt, std::int64_t retries_allowed, Instant now,
                    std::uint32_t dice);

}  // namespace takas::core::webhook
