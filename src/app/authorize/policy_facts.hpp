// What the card's policy says about one message, as facts: the product's flags with the card's above them, for the side
// on which the terminal stands. Reads memory only.
#pragma once

#include "app/catalog/usage_policies.hpp"
#include "core/authorization/request.hpp"
#include "core/card/card.hpp"

namespace takas::app::authorize {

/// At home when the terminal's country is that of the card's BIN. A message that names no country, or a BIN without
/// one, is where the message's own domain says.
core::product::Side side_of(const core::authorization::Request& request, std::string_view bin_country);

/// Leaves the facts alone when the policy is open.
void add_policy(const catalog::UsagePolicies& policies, const core::authorization::Request& request,
                const core::card::Card& card, core::authorization::Facts& facts);

}  // namespace takas::app::authorize
