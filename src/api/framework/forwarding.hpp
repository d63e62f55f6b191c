// A request that another server on the same store should decide goes there whole and its answer comes back as it is.
// Any server may decide anything: what cannot be delivered is decided here, and what may have been decided already is
// the same message a second time, which the store's unique key recognises.
//
//   Takas-Forwarded: <time>.<proof>           "decide here, do not pass it on": Unix seconds, and an HMAC over the
//                                             request and the next two, under a key that the servers share
//   Takas-Trace: <STAN>,<RRN>,<local time>    what the first server filled in; time in microseconds since 1970
//   Takas-Message-Key: <Idempotency-Key>      of a message that has no other name
//   Takas-Owner: ADDRESS:PORT                 in the answer: who decided, for those who can send the next one there
//
// The first three count only from a server of the same installation: they decide which messages are the same. What
// looks like a proof and is none is refused (403): a server with another clock or other keys then decides itself,
// instead of giving the message a second name here. Any other value is a client's, and ignored.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/framework/call.hpp"
#include "base/time.hpp"

namespace takas::api {

inline constexpr std::string_view forwarded_header = "Takas-Forwarded";
inline constexpr std::string_view trace_header = "Takas-Trace";
inline constexpr std::string_view message_key_header = "Takas-Message-Key";
inline constexpr std::string_view owner_header = "Takas-Owner";

/// What makes a message recognisable when it comes a second time.
struct Trace {
    std::string stan, rrn;
    Instant local_transaction_time;
};

/// Both clocks together may be wrong by this much.
inline constexpr std::int64_t proof_lifetime_s = 60;

enum class Sender : std::uint8_t { client, server, unproven };

Sender sender_of(const net::HttpRequest& request, const app::secrets::SecretBox& box, Instant now);
/// The value of forwarded_header for a request that goes with this trace and message key.
std::string proof_of(const net::HttpRequest& request, std::string_view trace, std::string_view message_key,
                     const app::secrets::SecretBox& box, Instant now);

std::string trace_text(const Trace& trace);
/// Nothing when it is not one.
std::optional<Trace> parse_trace(std::string_view text);
/// Filled in before: by the server that passed the call on, or by this one when it tried to.
std::optional<Trace> trace_of(const Call& call);

/// The caller's Idempotency-Key, also when another server looked it up; "" when there is none.
std::string_view idempotency_key_of(const Call& call);

/// True when another server should decide about this account: the handler then answers passed_on() and does nothing
/// else. `is_recognised`: a second decision finds the first (it has the trace, or a message key of its own).
bool goes_elsewhere(Call& call, AccountId account_id, std::string trace, bool is_recognised);
/// Is there anybody to pass it on to, and may it be passed on? Cheap; before looking for the account.
bool may_go_elsewhere(const Call& call);
Error passed_on();

}  // namespace takas::api
