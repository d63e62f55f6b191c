#include "core/webhook/health.hpp"

namespace takas::core::webhook {
namespace {

bool has_failed_too_long(const Webhook& webhook, Instant now) {
    return webhook.failing_since && now >= webhook.failing_since->plus_seconds(failing_max_s);
}

void switch_off(Webhook& webhook, SwitchedOff reason, Instant now) {
    webhook.is_active = false;
    webhook.switched_off = reason;
    webhook.switched_off_at = now;
}

}  // namespace

bool changes_health(const Webhook& webhook, const Attempt& attempt, Instant now) {
    if (!webhook.is_active) return false;
    if (is_success(attempt)) return webhook.failing_since.has_value();
    return is_gone(attempt) || !webhook.failing_since || has_failed_too_long(webhook, now);
}

void record_health(Webhook& webhook, const Attempt& attempt, Instant now) {
    if (!webhook.is_active) return;
    if (is_success(attempt)) {
        webhook.failing_since.reset();
    } else if (is_gone(attempt)) {
        switch_off(webhook, SwitchedOff::receiver_gone, now);
    } else if (!webhook.failing_since) {
        webhook.failing_since = now;
    } else if (has_failed_too_long(webhook, now)) {
        switch_off(webhook, SwitchedOff::failing, now);
    }
}

void switch_by_hand(Webhook& webhook, bool is_active, Instant now) {
    if (webhook.is_active == is_active) return;
    if (!is_active) return switch_off(webhook, SwitchedOff::by_institution, now);
    webhook.is_active = true;
    webhook.switched_off = SwitchedOff::no;
    webhook.switched_off_at.reset();
    webhook.failing_since.reset();
}

}  // namespace takas::core::webhook
