// When a subscription is switched off because of its receiver: at once when that says it is gone, and when nothing has
// reached it for five days. Pure.
#pragma once

#include "core/webhook/attempt.hpp"

namespace takas::core::webhook {

/// How long a receiver may fail without a single success in between (contract: five days).
inline constexpr std::int64_t failing_max_s = std::int64_t{5} * 86'400;

/// Whether record_health would change the row: nearly always no, and then the row need not be read.
bool changes_health(const Webhook& webhook, const Attempt& attempt, Instant now);

/// Writes into the row what the attempt says about its receiver.
void record_health(Webhook& webhook, const Attempt& attempt, Instant now);

/// Off by the institution's hand, or on again: then the receiver gets its five days anew.
void switch_by_hand(Webhook& webhook, bool is_active, Instant now);

}  // namespace takas::core::webhook
