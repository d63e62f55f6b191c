#include "api/framework/forwarding.hpp"

#include <algorithm>
#include <charconv>

#include "api/framework/reply_memory.hpp"
#include "app/cluster/forwarding.hpp"
#include "app/secrets/secret_box.hpp"

namespace takas::api {
namespace {

constexpr std::size_t stan_digits = 6, rrn_characters = 12;

/// The last microsecond that has a text form: of the year 9999.
constexpr std::int64_t last_time_us = 253'402'300'799'999'999;

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string proof_of(const net::HttpRequest& request, std::string_view trace, std::string_view message_key,
                     const app::secrets::SecretBox& box, Instant now) {
    const std::string time = std::to_string(now.seconds());
    return time + '.' +
           box.prove({time, request.header("authorization"), trace, message_key, fingerprint_of(request).bytes});
}

Sender sender_of(const net::HttpRequest& request, const app::secrets::SecretBox& box, Instant now) {
    const std::string_view value = request.header(forwarded_header);
    const auto dot = value.find('.');
    if (dot == std::string_view::npos) return Sender::client;
    const std::string_view time = value.substr(0, dot);
    std::int64_t sent_at_s = 0;
    const auto [end, error] = std::from_chars(time.data(), time.data() + time.size(), sent_at_s);
    if (error != std::errc{} || end != time.data() + time.size() || !std::ranges::all_of(time, is_digit))
        return Sender::client;
    const std::int64_t now_s = now.seconds();
    if (sent_at_s < now_s - proof_lifetime_s || sent_at_s > now_s + proof_lifetime_s) return Sender::unproven;
    const bool is_proof =
        box.is_proof(value.substr(dot + 1), {time, request.header("authorization"), request.header(trace_header),
                                             request.header(message_key_header), fingerprint_of(request).bytes});
    return is_proof ? Sender::server : Sender::unproven;
}

std::string trace_text(const Trace& trace) {
    return trace.stan + ',' + trace.rrn + ',' + std::to_string(trace.local_transaction_time.value);
}

std::optional<Trace> parse_trace(std::string_view text) {
    constexpr std::size_t rrn_at = stan_digits + 1, time_at = rrn_at + rrn_characters + 1;
    if (text.size() <= time_at || text[rrn_at - 1] != ',' || text[time_at - 1] != ',') return std::nullopt;
    Trace trace{std::string(text.substr(0, stan_digits)), std::string(text.substr(rrn_at, rrn_characters)), {}};
    const std::string_view time = text.substr(time_at);
    const auto [end, error] =
        std::from_chars(time.data(), time.data() + time.size(), trace.local_transaction_time.value);
    if (error != std::errc{} || end != time.data() + time.size() || trace.local_transaction_time.value <= 0 ||
        trace.local_transaction_time.value > last_time_us)
        return std::nullopt;
    const bool has_stan = std::ranges::all_of(trace.stan, is_digit);
    return has_stan && std::ranges::all_of(trace.rrn, is_alphanumeric) ? std::optional(std::move(trace)) : std::nullopt;
}

std::optional<Trace> trace_of(const Call& call) {
    if (!call.trace.empty()) return parse_trace(call.trace);
    if (!call.is_from_server) return std::nullopt;
    return parse_trace(call.header(trace_header));
}

std::string_view idempotency_key_of(const Call& call) {
    const std::string_view key = call.header(call.is_from_server ? message_key_header : "idempotency-key");
    return is_idempotency_key(key) ? key : std::string_view();
}

bool may_go_elsewhere(const Call& call) {
    const auto* forwarding = call.context.services.forwarding;
    return forwarding && !call.is_decided_here && !call.is_from_server && forwarding->has_peers();
}

bool goes_elsewhere(Call& call, AccountId account_id, std::string trace, bool is_recognised) {
    auto address = call.context.services.forwarding->elsewhere(account_id);
    if (!address) return false;
    call.trace = std::move(trace);
    call.passes_on.emplace(std::move(*address), is_recognised);
    return true;
}

Error passed_on() { return {ErrorCode::internal, "passed on to another server"}; }

}  // namespace takas::api
