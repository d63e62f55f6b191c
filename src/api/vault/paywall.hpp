// The Paywall contract as a dialect: its credentials, its envelope {ErrorCode, Result, Message, Body}, its numbers, its
// language. Two APIs share it: PaymentAPI (/api/paywall/..., public pair or a browser's token; two members more in the
// envelope) and CardWallAPI (/paywall/..., private pair). Refusals of business are HTTP 200 with Result false.
#pragma once

#include <string>

#include "api/framework/endpoint.hpp"
#include "api/vault/answers.hpp"
#include "app/vault/credentials.hpp"

namespace takas::api::vault {

using app::vault::Caller;
using app::vault::CredentialScope;

/// Who calls: set by the dialect.
const Caller& caller_of(const Call& call);

// Where a row stands: which credential with which scope opens it.
extern const Dialect temp_token_door, temp_card_door, bin_door;
extern const Dialect cards_door, blacklist_door, resolve_door, forward_door;

net::HttpResponse refuse_payment(const Error& error, app::Language language);
net::HttpResponse refuse_wall(const Error& error, app::Language language);

/// Rows of PaymentAPI and of CardWallAPI.
template <auto Handler>
constexpr Endpoint payment_row(const Dialect& door, Method method, std::string_view path, std::string_view operation_id,
                               std::string_view summary, ErrorList errors = {},
                               Idempotency idempotency = Idempotency::none) {
    Endpoint row =
        endpoint<Handler>(method, path, operation_id, "Vault", summary, Permission::open, idempotency, errors);
    row.dialect = &door;
    row.refuse = &refuse_payment;
    row.error_body = &type_of<PaymentRefusal>;
    return row;
}
template <auto Handler>
constexpr Endpoint wall_row(const Dialect& door, Method method, std::string_view path, std::string_view operation_id,
                            std::string_view summary, ErrorList errors = {},
                            Idempotency idempotency = Idempotency::none) {
    Endpoint row =
        endpoint<Handler>(method, path, operation_id, "Vault", summary, Permission::open, idempotency, errors);
    row.dialect = &door;
    row.refuse = &refuse_wall;
    row.error_body = &type_of<WallRefusal>;
    return row;
}

/// "2031-03-01T13:00:00.0000000+03:00": seven digits and Türkiye's offset, as published.
std::string expiry_text(Instant instant);

}  // namespace takas::api::vault
