#include "core/webhook/attempt.hpp"

#include <algorithm>
#include <charconv>

namespace takas::core::webhook {
namespace {

constexpr std::array<std::string_view, 12> month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

/// "Wed, 21 Oct 2015 07:28:00 GMT": the form that RFC 9110 lets senders make.
std::optional<Instant> parse_http_date(std::string_view text) {
    if (text.size() != 29 || !text.ends_with(" GMT") || text.substr(3, 2) != ", ") return std::nullopt;
    const auto month = std::ranges::find(month_names, text.substr(8, 3));
    const auto day = number(text.substr(5, 2)), year = number(text.substr(12, 4));
    const auto hour = number(text.substr(17, 2)), minute = number(text.substr(20, 2)),
               second = number(text.substr(23, 2));
    if (month == month_names.end() || !day || !year || !hour || !minute || !second) return std::nullopt;
    if (*hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
    const auto month_no = static_cast<unsigned>(month - month_names.begin()) + 1;
    const auto date = make_date(*year, month_no, static_cast<unsigned>(*day));
    if (!date) return std::nullopt;
    return Instant::from_seconds(date->value * std::int64_t{86'400} + *hour * 3'600 + *minute * 60 + *second);
}

}  // namespace

std::optional<std::int64_t> parse_retry_after(std::string_view text, Instant now) {
    if (!text.empty() && text.find_first_not_of(digits_charset) == std::string_view::npos) {
        std::int64_t seconds = 0;
        const auto parsed = std::from_chars(text.data(), text.data() + text.size(), seconds);
        return parsed.ec == std::errc{} ? std::min(seconds, retry_after_max_s) : retry_after_max_s;
    }
    const auto date = parse_http_date(text);
    if (!date) return std::nullopt;
    return std::clamp<std::int64_t>(date->seconds() - now.seconds(), 0, retry_after_max_s);
}

std::int64_t retry_delay_us(std::int64_t retry_no, std::uint32_t dice) {
    const auto row = static_cast<std::size_t>(std::clamp<std::int64_t>(retry_no, 1, max_retry_count) - 1);
    const std::int64_t delay_us = retry_delays_s[row] * 1'000'000;
    const std::int64_t spread_us = delay_us * jitter_percent / 100;
    // In milliseconds, so that 32 bits of dice times the longest spread stay within 63 bits.
    const std::int64_t offset_ms = (std::int64_t{dice} * (2 * spread_us / 1'000)) >> 32;
    return delay_us - spread_us + offset_ms * 1'000;
}

bool is_success(const Attempt& attempt) { return attempt.status >= 200 && attempt.status <= 299; }

bool is_gone(const Attempt& attempt) { return attempt.status == 410; }

void record_attempt(WebhookDelivery& delivery, const Attempt& attempt, std::int64_t retries_allowed, Instant now,
                    std::uint32_t dice) {
    ++delivery.attempt_count;
    delivery.last_status = attempt.status;
    delivery.last_error = attempt.error;
    delivery.next_attempt_at.reset();
    if (is_success(attempt)) {
        delivery.state = DeliveryState::delivered;
        delivery.delivered_at = now;
        delivery.last_error.clear();
    } else if (is_gone(attempt) || delivery.attempt_count > std::min<std::int64_t>(retries_allowed, max_retry_count)) {
        delivery.state = DeliveryState::dead;
    } else {
        delivery.state = DeliveryState::pending;
        // A receiver that asks for more patience than the schedule has gets it.
        const bool may_ask = attempt.status == 429 || attempt.status == 503;
        const std::int64_t asked_us = may_ask ? attempt.retry_after_s.value_or(0) * 1'000'000 : 0;
        delivery.next_attempt_at = now.plus_us(std::max(retry_delay_us(delivery.attempt_count, dice), asked_us));
    }
}

}  // namespace takas::core::webhook
