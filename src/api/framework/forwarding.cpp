#include "api/framework/forwarding.hpp"

#include <algorithm>
#include <charconv>

#include "api/framework/reply_memory.hpp"
#include "app/cluster/forwarding.hpp"

namespace takas::api {
namespace {

constexpr std::size_t stan_digits = 6, rrn_characters = 12;

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

}  // namespace

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
    if (error != std::errc{} || end != time.data() + time.size() || trace.local_transaction_time.value <= 0)
        return std::nullopt;
    const bool has_stan = std::ranges::all_of(trace.stan, [](char c) { return c >= '0' && c <= '9'; });
    return has_stan && std::ranges::all_of(trace.rrn, is_alphanumeric) ? std::optional(std::move(trace)) : std::nullopt;
}

std::optional<Trace> trace_of(const Call& call) {
    if (!call.trace.empty()) return parse_trace(call.trace);
    if (call.header(forwarded_header).empty()) return std::nullopt;
    return parse_trace(call.header(trace_header));
}

std::string_view idempotency_key_of(const Call& call) {
    const bool was_forwarded = !call.header(forwarded_header).empty();
    const std::string_view key = call.header(was_forwarded ? message_key_header : "idempotency-key");
    return is_idempotency_key(key) ? key : std::string_view();
}

bool may_go_elsewhere(const Call& call) {
    const auto* forwarding = call.context.services.forwarding;
    return forwarding && !call.is_decided_here && call.header(forwarded_header).empty() && forwarding->has_peers();
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
