// The facts of a decision that the message, the card and the account give: one function for decisions that are made and
// for those that are only tried. What the institution's policy and the card's secrets say is added by others.
#pragma once

#include <optional>

#include "app/catalog/catalog.hpp"
#include "core/authorization/facts.hpp"
#include "core/authorization/request.hpp"
#include "core/card/card.hpp"
#include "core/ledger/ledger.hpp"

namespace takas::app::authorize {

struct Gathered {
    TenantId tenant_id;
    TokenId token_id;
    const core::authorization::Request& request;
    const core::ledger::CardAccount& account;
    const core::card::Card* card;                          ///< nullptr: nobody knows it
    const core::authorization::CardTransaction* original;  ///< nullptr: none is named, or it is not there
    Instant at;
    std::optional<core::card::Expiry> expiry;  ///< of the piece of plastic that the message is from
};

core::authorization::Facts facts_of(const catalog::Catalog& catalog, const Gathered& seen);

/// The network sent no billing amount that counts.
bool uses_own_rate(const core::authorization::Request& request, core::money::Currency account_currency);
/// A linked refund in the currency of its original: what 10 dollars cost is given back for 10 dollars, whatever the
/// table says by then.
bool uses_rate_of_original(const core::authorization::Request& request, core::money::Currency account_currency,
                           const core::authorization::CardTransaction& original);

}  // namespace takas::app::authorize
