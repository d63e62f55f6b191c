// Sends a card on to a host that the merchant's operator has allowed, inside a request the caller wrote, and gives back
// what was answered, without the card. DNS names only, https only, no private addresses (the outbound client checks
// each address it dials), limits on size and time. As with resolving, a reference sends a card once.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "app/ports/webhook_sender.hpp"
#include "app/vault/resolve.hpp"
#include "app/vault/template.hpp"

namespace takas::app::vault {

inline constexpr std::size_t forward_body_bytes_max = 64 * 1024;
inline constexpr std::int32_t forward_timeout_ms_max = 60'000;

struct ForwardOrder {
    CardSource source;
    std::string reference;
    std::string url;
    BodyForm form{};
    std::string body;  ///< with placeholders
    std::vector<std::pair<std::string, std::string>> headers;
    std::int32_t timeout_ms = 30'000;
};
struct ForwardAnswer {
    std::int32_t status = 0;
    std::string body;  ///< without the card
};

/// Is it https, with a DNS name among `hosts`, without user, on the usual port or one that is named? Error:
/// vault_host_refused.
Result<void> check_forward_url(std::string_view url, std::span<const std::string> hosts);

/// Commits the use of the card, then sends; on a worker. `done` is called exactly once, from any thread. Errors: those
/// of resolve_card, vault_host_refused, validation, vault_host_failed (nothing is known of what the host took).
void forward_card(Context& context, const Caller& caller, ForwardOrder order,
                  std::move_only_function<void(Result<ForwardAnswer>)> done);

}  // namespace takas::app::vault
