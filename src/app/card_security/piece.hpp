// While a renewed card is on its way two pieces of plastic carry one number (core/card/renewal.hpp): which of them a
// message was made with decides what its secrets are checked against, and which chip's counter moves.
#pragma once

#include <optional>

#include "app/card_security/card_view.hpp"
#include "app/card_security/presented.hpp"
#include "core/authorization/facts.hpp"

namespace takas::app::card_security {

/// The view becomes that of the piece which the message speaks of: by the chip's sequence number, else by the expiry on
/// track 2, else by the one stated; else, and for any other value, the newest. Nothing happens to a card with one
/// piece.
void turn_to_piece(CardView& view, const Presented& presented, std::optional<core::card::Expiry> stated);

/// The card was renewed since it was looked at.
bool is_other_piece(const CardView& seen, const core::card::Card& now);

/// The counter of the chip in question takes the place of the other one's; a second time turns it back.
void turn_counters(const CardView& view, core::card::CardSecurity& security);

/// Somebody has the newest piece in hands: its chip or stripe was verified. An expiry date that is merely stated proves
/// nothing: merchants with stored cards hear of a renewal before its holder does.
bool shows_newest_piece(const CardView& view, const core::authorization::Facts& facts);

}  // namespace takas::app::card_security
