// Orders that are not worth making any more: the card was closed or reported, or the piece has ended because a renewed
// one is in use. What no office has yet is cancelled in the commit that makes it so; what an office has can only fail
// or be cancelled.
#pragma once

#include <optional>
#include <string>

#include "app/context/context.hpp"
#include "app/ports/tables.hpp"

namespace takas::app::perso {

/// Why an order is not to be made; nothing when it is, or when nothing is left to be made.
std::optional<std::string> why_not_made(const core::card::Card& card, const core::perso::Issuance& order);

/// Cancels the orders of a card that no office has and that are not worth making, the card being as it will be. For the
/// lane: read it before anything is written, and append it to the work.
Result<ports::Unit> call_off(const Context& context, const core::card::Card& card);

}  // namespace takas::app::perso
