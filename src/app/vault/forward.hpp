// Sends a card on to a host that the merchant's operator has allowed, inside a request the caller wrote, and gives back
// what was answered, without the card. DNS names only, https only, no private addresses (the outbound client checks
// each address it dials), limits on size and time. As with resolving, a reference sends a card once; what can be
// refused is refused before card, verification code and reference are used up.
//
// The audit tells it twice: that the card went to be sent, before; how that ended, afterwards. Where the second is
// missing the server stopped in between: whether the receiver has the card is unknown.
#pragma once

#include <functional>
#include <string>

#include "app/ports/webhook_sender.hpp"
#include "app/vault/forward_checks.hpp"
#include "app/vault/resolve.hpp"

namespace takas::app::vault {

inline constexpr std::size_t forward_body_bytes_max = 64 * 1024;
inline constexpr std::int32_t forward_timeout_ms_max = 60'000;

struct ForwardOrder {
    CardSource source;
    std::string reference;
    std::string url;
    std::string content_type;
    std::string body;  ///< with placeholders
    ForwardHeaders headers;
    std::int32_t timeout_ms = 30'000;
};
struct ForwardAnswer {
    std::int32_t status = 0;
    std::string body;  ///< without the card
};

/// Commits the use of the card, then sends; on a worker. `done` is called exactly once, from any thread. Errors: those
/// of resolve_card, vault_host_refused, validation (nothing is used up); vault_host_refused for the addresses of the
/// name, vault_host_failed (nothing was sent); outcome_unknown (no answer, or not all of it: the receiver may have the
/// card).
void forward_card(Context& context, const Caller& caller, ForwardOrder order,
                  std::move_only_function<void(Result<ForwardAnswer>)> done);

}  // namespace takas::app::vault
