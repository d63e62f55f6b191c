// The institution's own exchange rate for one transaction: which side of its table the money takes, and what the card's
// product adds. Asked only when the network sent no billing amount in the account's currency. Reads memory only.
#pragma once

#include <optional>

#include "app/catalog/catalog.hpp"
#include "core/authorization/codes.hpp"
#include "core/card/card.hpp"
#include "core/money/applied_rate.hpp"

namespace takas::app::authorize {

/// A credit, such as a refund, is bought back; anything else is sold.
core::money::RateSide rate_side(core::authorization::TransactionCode code);

/// From the transaction's currency to the account's; core::money::applied_rate gives what the cardholder pays. Nothing
/// when the institution has no rate at that instant. Without a card there is no mark-up.
std::optional<core::money::RateTerms> own_rate(const catalog::Catalog& catalog, TenantId tenant_id,
                                               core::authorization::TransactionCode code,
                                               core::money::Currency transaction_currency,
                                               core::money::Currency account_currency, const core::card::Card* card,
                                               Instant at);

}  // namespace takas::app::authorize
